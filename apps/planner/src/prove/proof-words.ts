import { type Table, left, right } from '@tideline/report';
import { instant, percent, rounded, usd } from '../shared/words.ts';
import { settingsWords } from '../plan/plan-words.ts';
import type { Move } from './agreement.ts';
import type { ProofDocument } from './proof-schema.ts';

export const verdictWords = ({ agrees }: ProofDocument): string =>
  agrees ? 'prediction and twin agree' : 'prediction and twin part';

/** What was run, and how. */
export function runLines({ policy, part, run, capacity, unit }: ProofDocument): readonly string[] {
  const { value } = capacity.requestsPerSecond;
  const minutes = Math.round((part.toSeconds - part.fromSeconds) / 60);
  return [
    `policy ${policy.which === 'current' ? 'of now' : 'recommended'}: ${settingsWords(policy.settings)}`,
    `${minutes} min of ${part.trace} from ${instant(part.startedAt, 0)} UTC: of the part that was held out, the stretch whose demand is most like the whole (${percent(part.distancePercent)} apart) among those with a scale-out and a scale-in predicted (${part.scaleOuts} and ${part.scaleIns})`,
    `one ${unit} carries ${rounded(value)} requests/s (${capacity.source})${run.rateFactor === 1 ? '' : `; driven at ${rounded(run.rateFactor)} of all rates`}`,
    `on the twin from ${run.startUnits} ${unit}s on, at speed ${run.speed}, in ${rounded(run.wallSeconds)} s; load average ${rounded(run.loadAverage, 2)} on ${run.cpus} CPUs`,
  ];
}

/** Each bound with what was found. */
export function boundsTable({ agreement, bounds, unit }: ProofDocument): Table {
  const { holds, moves, unitHours, equalMinutesPercent, minutes } = agreement;
  const equal = minutes.filter(({ predicted, measured }) => predicted === measured).length;
  const paired = moves.filter(({ predicted, measured }) => predicted !== null && measured !== null).length;
  const row = (isHeld: boolean, cells: readonly [name: string, found: string, allowed: string]) => [
    isHeld ? 'holds' : 'PARTS',
    ...cells,
  ];
  return {
    columns: [left(''), left('bound'), left('found'), left('allowed')],
    rows: [
      row(holds.minutes, [
        `cloud minutes with equal ${unit}s`,
        `${percent(equalMinutesPercent)} (${equal} of ${minutes.length})`,
        `at least ${bounds.leastEqualMinutesPercent} %`,
      ]),
      row(holds.unitHours, [
        `${unit}-hours`,
        `${rounded(unitHours.predicted)} and ${rounded(unitHours.measured)}: ${signed(unitHours.differencePercent)} %`,
        `within ${bounds.mostUnitHoursPercent} %`,
      ]),
      row(holds.moves, [
        'decisions with a counterpart',
        `${paired} of ${moves.length}`,
        `all, within ${bounds.mostDecisionSeconds} s`,
      ]),
    ],
  };
}

/** Figures of both sides, and by how much the prediction is off. */
export function proofFiguresTable({ predicted, measured, unit }: ProofDocument): Table {
  const row = (
    name: string,
    of: (side: ProofDocument['predicted']) => number,
    show: (value: number) => string,
  ) => [name, show(of(predicted)), show(of(measured))];
  return {
    columns: [left(''), right('predicted'), right('measured')],
    rows: [
      row(`${unit}s on average`, (side) => side.averageUnits, rounded),
      row('peak', (side) => side.peakUnits, String),
      row(`${unit}-hours`, (side) => side.elasticity.unitHours, rounded),
      row('USD a month at that average', (side) => side.cost.computeUsdPerMonth, usd),
      row('with everything around, USD', (side) => side.cost.totalUsdPerMonth, usd),
      row('moves', (side) => side.scaleEvents, String),
      row('requests above capacity', (side) => side.elasticity.aboveCapacity.percent, percent),
      row(
        'under-provisioned, accuracy',
        (side) => side.elasticity.underProvisioning.accuracyPercent,
        percent,
      ),
      row('under-provisioned, time', (side) => side.elasticity.underProvisioning.timePercent, percent),
      row('over-provisioned, accuracy', (side) => side.elasticity.overProvisioning.accuracyPercent, percent),
      row('over-provisioned, time', (side) => side.elasticity.overProvisioning.timePercent, percent),
      row('instability', (side) => side.elasticity.instabilityPercent, percent),
      row('jitter an hour', (side) => side.elasticity.jitterPerHour, rounded),
    ],
  };
}

/** Decisions side by side, in order of time. */
export const movesTable = ({ agreement }: ProofDocument): Table => ({
  columns: [
    left('predicted at'),
    left('move'),
    left('measured at'),
    left('move'),
    right('apart'),
    left('policy'),
  ],
  rows: agreement.moves.map(({ predicted, measured }) => [
    when(predicted),
    move(predicted),
    when(measured),
    move(measured),
    predicted === null || measured === null
      ? 'no counterpart'
      : `${signed(measured.seconds - predicted.seconds)} s`,
    [...new Set([predicted?.policy, measured?.policy])].filter((name) => name !== undefined).join(' / '),
  ]),
});

const when = (one: Move | null): string => (one === null ? '–' : clock(one.seconds));
const move = (one: Move | null): string => (one === null ? '–' : `${one.from} to ${one.to}`);

/** Time since the start of the load, minutes and seconds. */
const clock = (seconds: number): string => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

const signed = (value: number): string => `${value > 0 ? '+' : ''}${rounded(value)}`;
