import type { Environment } from './environment.ts';
import { httpApi } from './ingress/ingress-kinds.ts';

/** Every stack that an environment may have, in the order in which they are deployed. */
export const stackIds = [
  'state',
  'network',
  'registry',
  'data',
  'service',
  'ingress',
  'autoscaling',
  'observability',
] as const;
export type StackId = (typeof stackIds)[number];

/**
 * The stacks of this environment, in the order in which they are deployed: no `data` where nothing is kept, and no `ingress`
 * where the balancer itself is public.
 */
export const environmentStackIds = (
  environment: Pick<Environment, 'sessions' | 'files' | 'ingress'>,
): readonly StackId[] => {
  const { sessions, files } = environment;
  const left = new Set<StackId>([
    ...(sessions.store === 'none' && files.store === 'none' ? (['data'] as const) : []),
    ...(httpApi(environment) === null ? (['ingress'] as const) : []),
  ]);
  return stackIds.filter((stack) => !left.has(stack));
};

/**
 * Stacks whose outputs each stack reads, so that they are deployed before it and destroyed after it; an environment may do
 * with fewer. Stacks that do not lead to one another may change side by side.
 */
export const stackNeeds: Readonly<Record<StackId, readonly StackId[]>> = {
  state: [],
  network: [],
  registry: [],
  data: ['network'],
  service: ['network', 'registry', 'data'],
  ingress: ['network', 'service'],
  autoscaling: ['service'],
  observability: ['service', 'autoscaling'],
};
