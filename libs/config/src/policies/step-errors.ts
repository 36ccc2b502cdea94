import { watchesAbove } from '../alarms/alarm-facts.ts';
import type { Problem } from '../configuration-error.ts';
import type { StepPolicy } from '../environment.ts';
import { refuse } from '../errors/error-rule.ts';

type Step = StepPolicy['steps'][number];

interface Interval {
  readonly index: number;
  readonly low: number;
  readonly high: number;
}

/** The laws of step adjustments, and what AWS refuses in them. */
export const stepErrors = (policy: StepPolicy): readonly Problem[] => [
  ...intervalErrors(policy),
  ...adjustmentErrors(policy),
];

/** Steps are bounded, in order, without overlap or gap, and every breaching value has one. */
function intervalErrors(policy: StepPolicy): readonly Problem[] {
  const path = `scaling.policies.${policy.name}.steps`;
  const malformed = policy.steps.flatMap((step, index) => boundedStep(step, `${path}.${index}`));
  if (malformed.length > 0) return malformed;
  const intervals = policy.steps
    .map(({ lowerBound, upperBound }, index) => ({
      index,
      low: lowerBound ?? -Infinity,
      high: upperBound ?? Infinity,
    }))
    .sort((left, right) => left.low - right.low);
  const touching = intervals.flatMap((interval, place) => neighbours(intervals[place - 1], interval, path));
  if (touching.length > 0) return touching;
  const openEnds = outermost(intervals, path);
  if (openEnds.length > 0) return openEnds;
  return [...breachingSide(policy, intervals, path), ...harmlessSide(policy, intervals)];
}

function boundedStep({ lowerBound, upperBound }: Step, path: string): readonly Problem[] {
  if (lowerBound === null && upperBound === null)
    return refuse(
      'TL-CONFIG-STEP-UNBOUNDED',
      path,
      'has neither lowerBound nor upperBound; AWS needs one of them. Set lowerBound to 0 for a step above the threshold, or upperBound to 0 below it',
    );
  if (lowerBound === null || upperBound === null || lowerBound < upperBound) return [];
  return refuse(
    'TL-CONFIG-STEP-EMPTY',
    path,
    `lowerBound must be below upperBound; got ${lowerBound} and ${upperBound}. Swap or correct them`,
  );
}

function neighbours(before: Interval | undefined, after: Interval, path: string): readonly Problem[] {
  if (before === undefined || before.high === after.low) return [];
  const both = `step ${before.index} ends at ${bound(before.high)} and step ${after.index} begins at ${bound(after.low)}`;
  return before.high > after.low
    ? refuse('TL-CONFIG-STEP-OVERLAP', path, `${both}: they overlap. End the first where the second begins`)
    : refuse(
        'TL-CONFIG-STEP-GAP',
        path,
        `${both}: no step applies in between. End the first where the second begins`,
      );
}

function outermost(intervals: readonly Interval[], path: string): readonly Problem[] {
  const lowest = intervals[0];
  const highest = intervals.at(-1);
  if (lowest !== undefined && lowest.low < 0 && lowest.low !== -Infinity)
    return refuse(
      'TL-CONFIG-STEP-OPEN-END',
      `${path}.${lowest.index}.lowerBound`,
      `${lowest.low} is below the threshold and no step reaches further down; AWS then asks for a step without lower bound. Set it to null`,
    );
  if (highest !== undefined && highest.high > 0 && highest.high !== Infinity)
    return refuse(
      'TL-CONFIG-STEP-OPEN-END',
      `${path}.${highest.index}.upperBound`,
      `${highest.high} is above the threshold and no step reaches further up; AWS then asks for a step without upper bound. Set it to null`,
    );
  return [];
}

/** A value that breaches the alarm and matches no step makes AWS fail with “No step adjustment found”. */
function breachingSide(
  { alarm }: StepPolicy,
  intervals: readonly Interval[],
  path: string,
): readonly Problem[] {
  const low = intervals[0]?.low ?? Infinity;
  const high = intervals.at(-1)?.high ?? -Infinity;
  const above = watchesAbove(alarm.comparison);
  if (above ? low <= 0 && high === Infinity : low === -Infinity && high >= 0) return [];
  return refuse(
    'TL-CONFIG-STEP-UNMATCHED',
    path,
    `the alarm breaches at every value ${above ? 'above' : 'below'} the threshold (${alarm.comparison} ${alarm.threshold}), and the steps cover ${bound(low)} to ${bound(high)} relative to it. Let them cover ${above ? '0 to null' : 'null to 0'}`,
  );
}

/** An alarm of M of N may look at harmless datapoints too: only what takes the breaching one of them always has a step. */
function harmlessSide(
  { name, alarm, aggregation }: StepPolicy,
  intervals: readonly Interval[],
): readonly Problem[] {
  const { evaluationPeriods, datapointsToAlarm } = alarm;
  const breachingOne = watchesAbove(alarm.comparison) ? 'Maximum' : 'Minimum';
  const everyValue = intervals[0]?.low === -Infinity && intervals.at(-1)?.high === Infinity;
  if (datapointsToAlarm >= evaluationPeriods || aggregation === breachingOne || everyValue) return [];
  return refuse(
    'TL-CONFIG-STEP-AGGREGATION',
    `scaling.policies.${name}.aggregation`,
    `got ${aggregation} with an alarm of ${datapointsToAlarm} of ${evaluationPeriods} datapoints: the ${aggregation.toLowerCase()} of ${evaluationPeriods} may lie on the other side of the threshold, where no step is, and AWS then fails to act. Set it to ${breachingOne}, or alarm.datapointsToAlarm to ${evaluationPeriods}`,
  );
}

const bound = (value: number): string => (Number.isFinite(value) ? String(value) : 'null (no bound)');

/** What AWS refuses in an adjustment: a negative exact capacity, and a magnitude without percent. */
function adjustmentErrors({
  name,
  adjustmentType,
  minAdjustmentMagnitude,
  steps,
}: StepPolicy): readonly Problem[] {
  const path = `scaling.policies.${name}`;
  const negative = steps.flatMap(({ adjustment }, index) =>
    adjustmentType !== 'ExactCapacity' || adjustment >= 0
      ? []
      : refuse(
          'TL-CONFIG-STEP-ADJUSTMENT',
          `${path}.steps.${index}.adjustment`,
          `${adjustment} cannot be a task count, which adjustmentType ExactCapacity makes it. Use 0 or more, or ChangeInCapacity`,
        ),
  );
  if (adjustmentType === 'PercentChangeInCapacity' || minAdjustmentMagnitude === 0) return negative;
  return [
    ...negative,
    ...refuse(
      'TL-CONFIG-STEP-ADJUSTMENT',
      `${path}.minAdjustmentMagnitude`,
      `${minAdjustmentMagnitude} applies to adjustmentType PercentChangeInCapacity only; got ${adjustmentType}. Set it to 0, or change the type`,
    ),
  ];
}
