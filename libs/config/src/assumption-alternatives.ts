import type { AssumptionCode } from './codes/assumption-codes.ts';
import { computeFacts } from './compute/compute-kinds.ts';
import type { Assumptions, Environment } from './environment.ts';
import { assumptionsSchema } from './schema/assumptions.ts';

/** An assumption that decides when and how far a service scales, decided otherwise. */
export interface AssumptionAlternative {
  readonly code: AssumptionCode;
  /** `setting=value`, as it would be written under `assumptions`. */
  readonly choice: string;
  readonly assumptions: Assumptions;
}

const { shape } = assumptionsSchema;

/**
 * Settings of the rules that decide, with every value that they take; of a number, what AWS documents for N = 3, and none.
 * What counts while instances warm up is not among them: a replay knows no warm-up, and would find no difference.
 */
const choices = {
  'TL-ASSUME-SCALE-IN-STEPS': { setting: 'scaleInSteps', values: shape.scaleInSteps.unwrap().options },
  'TL-ASSUME-IDLE-REQUESTS': { setting: 'idleRequests', values: shape.idleRequests.unwrap().options },
  'TL-ASSUME-EVALUATION-RANGE': { setting: 'extraEvaluationDatapoints', values: [0, 2] },
  'TL-ASSUME-PREMATURE-ALARM': { setting: 'prematureAlarm', values: shape.prematureAlarm.unwrap().options },
  'TL-ASSUME-TOO-FEW-DATAPOINTS': {
    setting: 'tooFewDatapoints',
    values: shape.tooFewDatapoints.unwrap().options,
  },
  'TL-ASSUME-NEEDED-COUNT': { setting: 'neededCount', values: shape.neededCount.unwrap().options },
  'TL-ASSUME-TRACKED-VALUE': { setting: 'trackedValue', values: shape.trackedValue.unwrap().options },
  'TL-ASSUME-FLAPPING': { setting: 'predictFlapping', values: [true, false] },
  'TL-ASSUME-SCALE-IN-IN-COOLDOWN': {
    setting: 'scaleInDuringScaleOutCooldown',
    values: shape.scaleInDuringScaleOutCooldown.unwrap().options,
  },
} as const satisfies Partial<
  Record<AssumptionCode, { setting: keyof Assumptions; values: readonly unknown[] }>
>;

/** What the assumptions in force could be instead, one setting at a time. */
export function assumptionAlternatives(environment: Environment): readonly AssumptionAlternative[] {
  const { absentAssumptions } = computeFacts(environment);
  const { assumptions } = environment;
  return (Object.keys(choices) as (keyof typeof choices)[])
    .filter((code) => !absentAssumptions.includes(code))
    .flatMap((code) => {
      const { setting, values } = choices[code];
      return values
        .filter((value) => value !== assumptions[setting])
        .map((value) => ({
          code,
          choice: `${setting}=${String(value)}`,
          assumptions: { ...assumptions, [setting]: value },
        }));
    });
}
