import type { Environment } from './environment.ts';

/** How a blue/green release moves the traffic. */
type Shift = Extract<Environment['release'], { readonly kind: 'blue-green' }>['shift'];

/** Minutes from the first step of a shift to its last, after which all traffic has moved. */
export function shiftMinutes(shift: Shift): number {
  switch (shift.kind) {
    case 'all-at-once':
      return 0;
    case 'canary':
      return shift.intervalMinutes;
    case 'linear':
      return (Math.ceil(100 / shift.percent) - 1) * shift.intervalMinutes;
  }
}
