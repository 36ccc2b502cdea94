import type { Environment } from '@tideline/config';

export type BlueGreenSettings = Extract<Environment['release'], { kind: 'blue-green' }>;

/** One step of a shift: from then on the new version gets this share of the traffic. */
export interface ShiftStep {
  readonly afterSeconds: number;
  readonly percent: number;
}

/** The steps of a shift, the last of which is 100 % (CodeDeploy guide, deployment configurations on an ECS compute platform). */
export function shiftSteps(shift: BlueGreenSettings['shift']): readonly ShiftStep[] {
  switch (shift.kind) {
    case 'all-at-once':
      return [{ afterSeconds: 0, percent: 100 }];
    case 'canary':
      return [
        { afterSeconds: 0, percent: shift.percent },
        { afterSeconds: shift.intervalMinutes * 60, percent: 100 },
      ];
    case 'linear':
      return Array.from({ length: Math.ceil(100 / shift.percent) }, (_, index) => ({
        afterSeconds: index * shift.intervalMinutes * 60,
        percent: Math.min(100, (index + 1) * shift.percent),
      }));
  }
}
