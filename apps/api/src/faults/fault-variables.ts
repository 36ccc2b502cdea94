import * as z from 'zod';
import { wholeNumber } from '../whole-number.ts';

/** The variables that make a bad release on purpose; all of them off by default. */
export const faultVariables = {
  FAULTS_ALLOWED: z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .transform((value) => value === 'true')
    .default(false)
    .describe('Whether faults may be asked for, to try what a bad release does. Never in production.'),
  FAULT_ERROR_PERCENT: wholeNumber(0, 100)
    .default(0)
    .describe('Share of requests answered 500, evenly spread; health checks stay well.'),
  FAULT_RESET_PERCENT: wholeNumber(0, 100)
    .default(0)
    .describe(
      'Share of requests whose connection is cut unanswered, evenly spread; health checks stay well.',
    ),
  FAULT_DELAY_MILLISECONDS: wholeNumber(0, 60_000)
    .default(0)
    .describe('Time that every answer but that of a health check waits.'),
  FAULT_HEALTH: z
    .enum(['failing', 'passing'], { error: 'must be failing or passing' })
    .default('passing')
    .describe('`failing` answers health checks 500, so the task never becomes healthy.'),
};

type FaultVariables = z.output<z.ZodObject<typeof faultVariables>>;

/** What goes wrong on purpose. */
export interface Faults {
  readonly errorPercent: number;
  readonly resetPercent: number;
  readonly delayMs: number;
  readonly failsHealth: boolean;
}

/** Undefined where nothing is to go wrong. */
export function faultsOf(variables: FaultVariables): Faults | undefined {
  const faults = {
    errorPercent: variables.FAULT_ERROR_PERCENT,
    resetPercent: variables.FAULT_RESET_PERCENT,
    delayMs: variables.FAULT_DELAY_MILLISECONDS,
    failsHealth: variables.FAULT_HEALTH === 'failing',
  };
  const { errorPercent, resetPercent, delayMs, failsHealth } = faults;
  return errorPercent + resetPercent + delayMs === 0 && !failsHealth ? undefined : faults;
}

/** A fault that nobody has allowed is a mistake, and not a wish. */
export const faultProblems = (variables: FaultVariables): readonly string[] =>
  faultsOf(variables) === undefined || variables.FAULTS_ALLOWED
    ? []
    : [
        'FAULTS_ALLOWED is not true, but a FAULT_ variable asks for a fault; unset it, or set FAULTS_ALLOWED=true where a bad release is wanted',
      ];
