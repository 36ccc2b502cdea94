import { type Environment, resourceNames } from '@tideline/config';
import type { Construct } from 'constructs';
import { GeneratedSecret } from './generated-secret.ts';
import type { StoreReferences } from './store-references.ts';

/** With a token for the stress routes, where they are served and the description names none: it is made up by AWS. */
export function withStressToken(
  scope: Construct,
  environment: Environment,
  stores: StoreReferences,
): StoreReferences {
  const { stressRoutes, stressTokenSecretArn } = environment.container;
  if (!stressRoutes || stressTokenSecretArn !== null) return stores;
  const { prefix, stressTokenSecret } = resourceNames(environment);
  const { version } = new GeneratedSecret(scope, 'stress-token', {
    name: stressTokenSecret,
    description: `Token of the stress routes of ${prefix}`,
  });
  // By its version: a task that starts before the secret has a value does not start.
  return { ...stores, stressTokenSecretArn: version.arn };
}
