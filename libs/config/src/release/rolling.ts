import * as z from 'zod';
import type { ReleaseKind } from './release-kind.ts';

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
  errors: () => [],
};
