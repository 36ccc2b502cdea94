import type { Environment } from '../environment.ts';
import { releaseFacts } from '../release/release-kinds.ts';

const scopes = ['target-group', 'green-target-group'] as const;

/** The target groups of an environment: two where releases move the traffic from one to the other. */
export const targetGroupScopes = (
  environment: Pick<Environment, 'release'>,
): readonly (typeof scopes)[number][] => scopes.slice(0, releaseFacts(environment).targetGroups);
