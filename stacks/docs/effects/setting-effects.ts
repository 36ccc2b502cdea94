import type { Effects } from './effect.ts';
import { assumptionEffects } from './table/assumptions.ts';
import { computeEffects } from './table/compute.ts';
import { containerEffects } from './table/container.ts';
import { loadProfileEffects } from './table/load-profile.ts';
import { networkEffects } from './table/network.ts';
import { operationEffects } from './table/operation.ts';
import { policyEffects } from './table/policies.ts';
import { processEffects } from './table/processes.ts';

/**
 * What shows that a setting has an effect, for every setting. A field without a line here fails
 * stacks/test/setting-effects.test.ts; docs/reference/setting-effects.md is made of it.
 */
export const settingEffects: Effects = {
  ...networkEffects,
  ...computeEffects,
  ...containerEffects,
  ...operationEffects,
  ...policyEffects,
  ...processEffects,
  ...assumptionEffects,
  ...loadProfileEffects,
};
