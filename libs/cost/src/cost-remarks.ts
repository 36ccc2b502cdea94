import {
  type Environment,
  type PriceTable,
  capacityFacts,
  creditUses,
  egressPrice,
  forecastingPolicies,
  hoursPerMonth,
  instanceTypes,
  followedMetrics,
  metricReference,
} from '@tideline/config';
import { dailyVcpuHours, surplusCreditPrice } from './compute/cpu-credits.ts';
import { averageInstances } from './compute/hosted-lines.ts';
import type { Scenario } from './scenarios.ts';

/** What a reader should know before trusting the figures. */
export function costRemarks(
  environment: Environment,
  { typical, prices }: { readonly typical: Scenario; readonly prices: PriceTable },
): readonly string[] {
  return [
    ...regionRemark(environment, { typical, prices }),
    ...egressRemark(environment, prices),
    ...customMetricRemark(environment),
    ...forecastRemark(environment),
    ...creditRemark(environment, typical),
    ...creditTargetRemark(environment, prices),
  ];
}

function regionRemark(
  { region }: Environment,
  { typical, prices }: { readonly typical: Scenario; readonly prices: PriceTable },
): readonly string[] {
  const names = new Set(typical.lines.map(({ price }) => price));
  const elsewhere = [...names].filter((name) => prices[name]?.region !== region);
  if (elsewhere.length === 0) return [];
  return [
    `${elsewhere.length} of ${names.size} prices are of another region than ${region}; give its prices with --prices`,
  ];
}

function egressRemark(environment: Environment, prices: PriceTable): readonly string[] {
  const { network } = environment;
  const other = network.egress === 'nat' ? 'endpoints' : 'nat';
  const now = egressPrice(environment, prices).monthlyUsd;
  const instead = egressPrice({ ...environment, network: { ...network, egress: other } }, prices).monthlyUsd;
  if (instead >= now) return [];
  return [
    `network.egress=${other} would cost ${instead.toFixed(2)} instead of ${now.toFixed(2)} USD a month before traffic; docs/reference/configuration.md says what else it changes`,
  ];
}

const customMetricRemark = (environment: Environment): readonly string[] =>
  followedMetrics(environment).flatMap(({ policy, metric }) =>
    metricReference(metric, environment).metrics.some(({ scope }) => scope === 'published')
      ? [
          `Policy ${policy.name} follows a metric that nothing here can foresee: it never acts in the typical day`,
        ]
      : [],
  );

/** Auto Scaling, forecasts included, has no charge beyond CloudWatch’s (aws.amazon.com/autoscaling). */
const forecastRemark = (environment: Environment): readonly string[] =>
  forecastingPolicies(environment).map(
    ({ name, mode, maxCapacityBreachBehavior }) =>
      `Policy ${name} costs nothing itself: its metrics are AWS’s own, and it has no alarm${
        mode === 'ForecastAndScale'
          ? `; what it has ready is in the typical day, which is forecast from equal days${
              maxCapacityBreachBehavior === 'IncreaseMaxCapacity'
                ? ', and may be more than the maximum figure, whose capacity it may raise'
                : ''
            }`
          : ''
      }`,
  );

function creditRemark(environment: Environment, typical: Scenario): readonly string[] {
  const { instanceType, containerInstances } = capacityFacts(environment);
  if (instanceType === null) return [];
  const credits = typical.lines.find(({ id }) => id === 'compute.credits');
  if (credits !== undefined)
    return credits.quantity === 0
      ? []
      : [
          `${instanceType} does more than its baseline on average: credits of ${credits.monthlyUsd.toFixed(2)} USD a month are in the typical figure; a larger or unburstable type may be cheaper`,
        ];
  const instances =
    containerInstances === null
      ? typical.averageUnits
      : averageInstances(containerInstances, typical.averageUnits);
  const vcpuHoursThere = instances * 24 * instanceTypes[instanceType].vcpus;
  const busy = dailyVcpuHours(environment, { ...typical, vcpuHoursThere }) / vcpuHoursThere;
  return [
    `${instanceType} is throttled when its credits are gone; the typical day asks for ${Math.round(busy * 100)} % of its CPU on average`,
  ];
}

/** What it costs to hold a target above what the instance type earns, where surplus credits are sold. */
function creditTargetRemark(environment: Environment, prices: PriceTable): readonly string[] {
  if (capacityFacts(environment).cpuCredits !== 'unlimited') return [];
  return creditUses(environment).map(({ policy, instanceType, percent, vcpus, baselineVcpus }) => {
    const monthlyUsd = (vcpus - baselineVcpus) * hoursPerMonth * prices[surplusCreditPrice(instanceType)].usd;
    return `Policy ${policy} scales out at ${percent} % of CPU: a ${instanceType} that is held there the whole month buys ${monthlyUsd.toFixed(2)} USD of credits, as it earns ${baselineVcpus} of the ${vcpus} vCPU that it then uses`;
  });
}
