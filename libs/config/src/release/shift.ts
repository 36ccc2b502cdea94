import * as z from 'zod';
import type { Shift, ShiftKindName } from '../environment.ts';

const share = (meaning: string) => z.int().min(1).max(99).default(10).describe(meaning);
const interval = (byDefault: number) => z.int().min(1).max(2880).default(byDefault);

/** How a blue/green release moves the traffic. */
export const shiftSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all-at-once').describe('All traffic moves in one step.') }),
    z.strictObject({
      kind: z
        .literal('canary')
        .describe('A part of the traffic moves first, and the rest after an interval.'),
      percent: share('Share of the traffic that moves first.'),
      intervalMinutes: interval(5).describe('Time between the two steps.'),
    }),
    z.strictObject({
      kind: z.literal('linear').describe('The traffic moves in equal steps.'),
      percent: share('Share of the traffic that moves with each step.'),
      intervalMinutes: interval(1).describe('Time between two steps.'),
    }),
  ])
  .prefault({ kind: 'all-at-once' });

/** One step of a shift: from then on the new version gets this share of the traffic. */
export interface ShiftStep {
  readonly afterSeconds: number;
  readonly percent: number;
}

const stepsOfKind: {
  readonly [Kind in ShiftKindName]: (shift: Shift<Kind>) => readonly ShiftStep[];
} = {
  'all-at-once': () => [{ afterSeconds: 0, percent: 100 }],
  canary: ({ percent, intervalMinutes }) => [
    { afterSeconds: 0, percent },
    { afterSeconds: intervalMinutes * 60, percent: 100 },
  ],
  linear: ({ percent, intervalMinutes }) =>
    Array.from({ length: Math.ceil(100 / percent) }, (_, index) => ({
      afterSeconds: index * intervalMinutes * 60,
      percent: Math.min(100, (index + 1) * percent),
    })),
};

const stepsOf = <Kind extends ShiftKindName>(shift: Shift<Kind>): readonly ShiftStep[] =>
  stepsOfKind[shift.kind](shift);

/** The steps of a shift, the last of which is 100 % (CodeDeploy guide, deployment configurations on an ECS compute platform). */
export const shiftSteps = (shift: Shift): readonly ShiftStep[] => stepsOf(shift);

/** Minutes from the first step of a shift to its last, after which all traffic has moved. */
export const shiftMinutes = (shift: Shift): number => (shiftSteps(shift).at(-1)?.afterSeconds ?? 0) / 60;
