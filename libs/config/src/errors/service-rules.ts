import { capacityFacts } from '../compute/compute-kinds.ts';
import { fargateSize } from '../compute/fargate.ts';
import { warmPoolSize } from '../compute/warm-pool.ts';
import { stuckTaskCounts } from './deployment-room.ts';
import { resourceNames } from '../naming.ts';
import { movedBounds } from '../policies/policy-kinds.ts';
import { releaseFacts } from '../release/release-kinds.ts';
import { type ErrorRule, refuse } from './error-rule.ts';

export const capacityBounds: ErrorRule = ({ capacity: { min, max, desired } }) =>
  min <= desired && desired <= max
    ? []
    : refuse(
        'TL-CONFIG-CAPACITY-BOUNDS',
        'capacity',
        `min <= desired <= max must hold; got min ${min}, desired ${desired}, max ${max}. ${
          min > max
            ? `Lower min to ${max}, or raise max to ${min}, with desired between them`
            : `Set desired to a value from ${min} to ${max}, or move the bound`
        }`,
      );

/** The load runner is a Fargate task wherever the service runs. */
export const loadRunnerSize: ErrorRule = ({ loadRunner }) => fargateSize('loadRunner', loadRunner);

export const zones: ErrorRule = ({ availabilityZones }) => {
  const twice = availabilityZones.filter((zone, index) => availabilityZones.indexOf(zone) !== index);
  if (twice.length > 0)
    return refuse(
      'TL-CONFIG-ZONE-DUPLICATE',
      'availabilityZones',
      `got ${availabilityZones.join(', ')}, with ${twice.join(', ')} more than once. Name each zone once`,
    );
  if (availabilityZones.length < 2)
    return refuse(
      'TL-CONFIG-ZONE-COUNT',
      'availabilityZones',
      `got ${availabilityZones.join(', ')} only; an Application Load Balancer needs subnets in at least two zones. Name a second one`,
    );
  return [];
};

/** ELB allows 32 characters for a balancer’s and a target group’s name (API reference, CreateLoadBalancer, CreateTargetGroup). */
const longestBalancerName = 32;

export const resourceNameLength: ErrorRule = (environment) => {
  const { loadBalancer, targetGroup, greenTargetGroup } = resourceNames(environment);
  const group = releaseFacts(environment).targetGroups === 2 ? greenTargetGroup : targetGroup;
  const longest = loadBalancer.length >= group.length ? loadBalancer : group;
  const excess = longest.length - longestBalancerName;
  if (excess <= 0) return [];
  return refuse(
    'TL-CONFIG-NAME-LENGTH',
    'project',
    `project "${environment.project}" and stage "${environment.stage}" make the name ${longest} of ${longest.length} characters; AWS allows ${longestBalancerName}. Shorten them by ${excess} together`,
  );
};

export const healthCheckTimeout: ErrorRule = ({ healthCheck: { timeoutSeconds, intervalSeconds } }) =>
  timeoutSeconds < intervalSeconds
    ? []
    : refuse(
        'TL-CONFIG-HEALTH-CHECK-TIMEOUT',
        'healthCheck',
        `timeoutSeconds must be below intervalSeconds; got timeout ${timeoutSeconds}, interval ${intervalSeconds}. Lower the timeout, or raise the interval above ${timeoutSeconds}`,
      );

export const rebalancing: ErrorRule = ({ deployment }) =>
  deployment.maximumPercent > 100 || !deployment.availabilityZoneRebalancing
    ? []
    : refuse(
        'TL-CONFIG-REBALANCING',
        'deployment',
        `availabilityZoneRebalancing true needs room for one more task; got maximumPercent ${deployment.maximumPercent}. Raise maximumPercent above 100, or set availabilityZoneRebalancing to false`,
      );

export const deploymentStuck: ErrorRule = (environment) => {
  const { capacity, deployment } = environment;
  const stuck = stuckTaskCounts(environment);
  const counts = capacity.max - Math.max(capacity.min, 1) + 1;
  if (stuck.length === 0 || stuck.length < counts) return [];
  return refuse(
    'TL-CONFIG-DEPLOYMENT-STUCK',
    'deployment',
    `minimumHealthyPercent ${deployment.minimumHealthyPercent} (rounded up) and maximumPercent ${deployment.maximumPercent} (rounded down) let a deployment neither stop nor start a task at ${capacity.min} to ${capacity.max} tasks. Lower the first, or raise the second`,
  );
};

export const startBounds: ErrorRule = ({ assumptions }) =>
  (['taskStartSeconds', 'instanceStartSeconds', 'warmStartSeconds'] as const).flatMap((field) => {
    const { min, max } = assumptions[field];
    if (min <= max) return [];
    return refuse(
      'TL-CONFIG-TASK-START-BOUNDS',
      `assumptions.${field}`,
      `min must be at most max; got min ${min}, max ${max}. Swap them`,
    );
  });

/** A bound that a policy moves may make room for an instance in the pool. */
export const warmPoolRoom: ErrorRule = (environment) => {
  const { warmPool } = capacityFacts(environment);
  const { min, max } = environment.capacity;
  const moved = movedBounds(environment);
  if (warmPool === null || moved.min || moved.max || warmPoolSize(warmPool, { desired: min, max }) > 0)
    return [];
  const { maxGroupPreparedCapacity: prepared } = warmPool;
  const [name, most] = prepared === null ? ['capacity.max', max] : ['maxGroupPreparedCapacity', prepared];
  return refuse(
    'TL-CONFIG-WARM-POOL-EMPTY',
    'compute.warmPool',
    `never holds an instance: ${name} ${most} leaves none beyond capacity.min ${min}, and minSize is 0. Raise ${name} to ${min + 1}, or minSize to 1`,
  );
};
