import {
  type RunElasticity,
  type RunRecord,
  capacityNoun,
  formatCount,
  formatMeasure,
} from '@tideline/evidence';
import { formatCloudTime } from './cloud-time.ts';
import { type Table, left, right } from './table.ts';

const capacitySources: Readonly<Record<RunElasticity['capacitySource'], string>> = {
  measured: 'measured',
  cloudwatch: 'read from CloudWatch',
  given: 'given by the user',
  target: 'the target of a policy, assumed: nobody measured it',
};

/** How well the supply followed the demand, with what the figures are worked out from; null where the record does not say. */
export function elasticityTable(record: RunRecord): Table | null {
  const { elasticity } = record;
  if (elasticity === undefined) return null;
  const [one, several] = [capacityNoun(record, 1), capacityNoun(record)];
  const { underProvisioning: under, overProvisioning: over, aboveCapacity, adaptationsPerHour } = elasticity;
  const { unitHours, unitHoursAfterLoad, unitHourUsd } = elasticity;
  const hours = unitHours + unitHoursAfterLoad;
  const rows: readonly (readonly [string, string, string])[] = [
    [
      'requests above capacity',
      percent(aboveCapacity.percent),
      `${formatCount(aboveCapacity.requests)} of ${formatCount(elasticity.requests)}; longest stretch ${formatCloudTime(aboveCapacity.longestSeconds)}`,
    ],
    [
      'under-provisioned time',
      percent(under.timePercent),
      `${formatCount(under.unitSeconds)} ${one}-seconds short`,
    ],
    [
      'under-provisioning accuracy',
      percent(under.accuracyPercent),
      `${formatMeasure(under.meanUnits)} ${several} short on average`,
    ],
    [
      'over-provisioned time',
      percent(over.timePercent),
      `${formatCount(over.unitSeconds)} ${one}-seconds in surplus`,
    ],
    [
      'over-provisioning accuracy',
      percent(over.accuracyPercent),
      `${formatMeasure(over.meanUnits)} ${several} in surplus on average`,
    ],
    [
      'instability',
      percent(elasticity.instabilityPercent),
      `of the time supply and demand moved apart, sampled every ${formatMeasure(elasticity.instabilityStepSeconds)} s`,
    ],
    [
      'jitter',
      `${formatMeasure(elasticity.jitterPerHour)} per hour`,
      `adaptations per hour: supply ${formatMeasure(adaptationsPerHour.supply)}, demand ${formatMeasure(adaptationsPerHour.demand)}`,
    ],
    [
      `${one}-hours`,
      formatMeasure(unitHours),
      `${formatMeasure(elasticity.meanUnits.supply)} on average for a demand of ${formatMeasure(elasticity.meanUnits.demand)}; ${formatMeasure(unitHoursAfterLoad)} more until the end of the run`,
    ],
    ...(unitHourUsd === undefined
      ? []
      : ([
          [
            'cost',
            `${dollars(hours * unitHourUsd)} USD`,
            `of ${formatMeasure(hours)} ${one}-hours at ${dollars(unitHourUsd)} USD; compute alone, list price`,
          ],
        ] as const)),
    [
      `capacity of one ${one}`,
      `${formatMeasure(elasticity.unitRequestsPerSecond)} requests/s`,
      capacitySources[elasticity.capacitySource],
    ],
    [
      'judged time',
      formatCloudTime(elasticity.toSeconds - elasticity.fromSeconds),
      `the load, from ${formatCloudTime(elasticity.fromSeconds)} to ${formatCloudTime(elasticity.toSeconds)}`,
    ],
  ];
  return { columns: [left('measure'), right('value'), left('in detail')], rows };
}

const percent = (value: number): string => `${formatMeasure(value)} %`;

/** Four digits after the point: an hour of a small task costs a cent. */
const dollars = (usd: number): string => usd.toFixed(4);
