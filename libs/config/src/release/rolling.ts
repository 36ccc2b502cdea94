import { z } from 'zod';
import { refuse } from '../errors/error-rule.ts';
import { type ReleaseKind, policiesCounting } from './release-kind.ts';

export const rollingSchema = z.strictObject({
  kind: z.literal('rolling').describe('New units of capacity take the place of old ones, a few at a time.'),
});

export const rolling: ReleaseKind<'rolling'> = {
  targetGroups: 1,
  codeDeploy: () => null,
  sideBySide: ({ maximumPercent }) => ({
    mostPercent: maximumPercent,
    because: `at maximumPercent ${maximumPercent}`,
  }),
  errors: (_, { scaling }) =>
    policiesCounting(scaling, { acrossTargetGroups: true }).flatMap((path) =>
      refuse(
        'TL-CONFIG-RELEASE-REQUESTS',
        path,
        'got true with release.kind rolling, where there is one target group to count. Set it to false, or release.kind to blue-green',
      ),
    ),
};
