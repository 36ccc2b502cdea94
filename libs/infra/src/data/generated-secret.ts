import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { StoreReferences } from './store-references.ts';

const length = 64;
/** Raised by one, this makes Terraform generate the secret anew. */
const generation = 1;

export interface GeneratedSecretProps {
  readonly name: string;
  readonly description: string;
  /** Days for which it can be restored once it is deleted; 0 deletes it at once, and its name can be taken again. */
  readonly recoveryDays: number;
}

/**
 * A secret of 64 letters and digits that AWS generates while Terraform applies. It stands in no plan and no state: the value
 * is ephemeral, the argument that takes it is write-only. What somebody writes over it later, Terraform leaves alone.
 */
export class GeneratedSecret extends Construct {
  readonly arn: string;
  /** The version that holds the value: its readers depend on this. */
  readonly version: SecretsmanagerSecretVersion;

  constructor(scope: Construct, id: string, { name, description, recoveryDays }: GeneratedSecretProps) {
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, 'secret', {
      name,
      description,
      recoveryWindowInDays: recoveryDays,
    });
    this.version = new SecretsmanagerSecretVersion(this, 'version', {
      secretId: secret.id,
      secretStringWo: this.#generated(secret.friendlyUniqueId),
      secretStringWoVersion: generation,
    });
    this.arn = secret.arn;
  }

  /** CDKTF has no ephemeral resources: this one is written past it. */
  #generated(name: string): string {
    TerraformStack.of(this).addOverride(`ephemeral.aws_secretsmanager_random_password.${name}`, {
      password_length: length,
      // A comma would end a key of a list, and ElastiCache takes few marks in a token.
      exclude_punctuation: true,
    });
    return `\${ephemeral.aws_secretsmanager_random_password.${name}.random_password}`;
  }
}

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
    recoveryDays: environment.protection.secretRecoveryDays,
  });
  // By its version: a task that starts before the secret has a value does not start.
  return { ...stores, stressTokenSecretArn: version.arn };
}
