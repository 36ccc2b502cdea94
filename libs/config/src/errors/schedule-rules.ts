import { highestCapacity } from '../expected-load.ts';
import { scheduleFault, timeZoneExists } from '../schedule-expression.ts';
import { type ErrorRule, refuse } from './error-rule.ts';

export const schedules: ErrorRule = ({ scaling }) =>
  scaling.policies.flatMap((policy) => {
    if (policy.type !== 'scheduled') return [];
    const path = `scaling.policies.${policy.name}`;
    const fault = scheduleFault(policy.schedule);
    return [
      ...(fault === undefined
        ? []
        : refuse('TL-CONFIG-SCHEDULE-EXPRESSION', `${path}.schedule`, `got "${policy.schedule}"; ${fault}`)),
      ...(timeZoneExists(policy.timeZone)
        ? []
        : refuse(
            'TL-CONFIG-SCHEDULE-TIME-ZONE',
            `${path}.timeZone`,
            `got "${policy.timeZone}", which is no IANA time zone. Use a name such as UTC or Europe/Berlin`,
          )),
    ];
  });

export const scheduledCapacity: ErrorRule = (environment) =>
  environment.scaling.policies.flatMap((policy) => {
    if (policy.type !== 'scheduled') return [];
    const { minCapacity, maxCapacity } = policy;
    const path = `scaling.policies.${policy.name}`;
    if (minCapacity === null && maxCapacity === null)
      return refuse(
        'TL-CONFIG-SCHEDULE-CAPACITY',
        path,
        'sets neither minCapacity nor maxCapacity, so it would do nothing. Set one of them',
      );
    // A bound left alone keeps what it was: the description’s, or another action’s.
    const highest = maxCapacity ?? highestCapacity(environment);
    if (minCapacity !== null && minCapacity > highest)
      return refuse(
        'TL-CONFIG-SCHEDULE-CAPACITY',
        path,
        `minCapacity ${minCapacity} is above ${maxCapacity === null ? 'every maximum in force,' : 'maxCapacity'} ${highest}. Lower it, or set maxCapacity to ${minCapacity} or more`,
      );
    const lowest = minCapacity ?? lowestMinimum(environment.capacity.min, environment.scaling.policies);
    if (maxCapacity === null || maxCapacity >= lowest) return [];
    return refuse(
      'TL-CONFIG-SCHEDULE-CAPACITY',
      path,
      `maxCapacity ${maxCapacity} is below every minimum in force, ${lowest}. Raise it, or set minCapacity to ${maxCapacity} or less`,
    );
  });

const lowestMinimum = (
  minimum: number,
  policies: readonly { readonly type: string; readonly minCapacity?: number | null }[],
): number => Math.min(minimum, ...policies.flatMap(({ minCapacity }) => minCapacity ?? []));
