import * as z from 'zod';
import { computeFacts } from '../compute/compute-kinds.ts';
import type { Environment, ReleaseSettings, ReleaseKindName } from '../environment.ts';
import { type ErrorRule, refuse } from '../errors/error-rule.ts';
import { blueGreen, blueGreenSchema } from './blue-green.ts';
import type { ReleaseFacts, ReleaseKind } from './release-kind.ts';
import { rolling, rollingSchema } from './rolling.ts';

/** How a new version takes over. */
export const releaseSchema = z.discriminatedUnion('kind', [rollingSchema, blueGreenSchema]);

/** Every release kind. A member of the union without a room here does not compile. */
export const releaseKinds: { readonly [Kind in ReleaseKindName]: ReleaseKind<Kind> } = {
  rolling,
  'blue-green': blueGreen,
};

/** Facts of the environment’s release kind. */
export const releaseFacts = ({ release }: Pick<Environment, 'release'>): ReleaseFacts =>
  releaseKinds[release.kind];

const codeDeployOf = <Kind extends ReleaseKindName>(release: ReleaseSettings<Kind>) =>
  releaseKinds[release.kind].codeDeploy(release);

/** What CodeDeploy releases by; null where ECS or an instance refresh rolls. */
export const codeDeployRelease = ({
  release,
}: Pick<Environment, 'release'>): ReleaseSettings<'blue-green'> | null => codeDeployOf(release);

const errorsOf = <Kind extends ReleaseKindName>(release: ReleaseSettings<Kind>, environment: Environment) =>
  releaseKinds[release.kind].errors(release, environment);

export const releaseErrors: ErrorRule = (environment) => errorsOf(environment.release, environment);

/** CodeDeploy’s target groups and AppSpec belong to a service; this project gives it Fargate services only. */
export const releaseCompute: ErrorRule = (environment) => {
  const { release, compute } = environment;
  const { releases } = computeFacts(environment);
  if (releases.includes(release.kind)) return [];
  return refuse(
    'TL-CONFIG-RELEASE-COMPUTE',
    'release.kind',
    `got ${release.kind} with compute.kind ${compute.kind}; allowed there: ${releases.join(', ')}. Set release.kind to ${releases.join(' or ')}, or compute.kind to fargate`,
  );
};
