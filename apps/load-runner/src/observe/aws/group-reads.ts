import type { AutoScalingGroup, ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import { ObserverError } from '../scaling-observer.ts';
import { type AwsReads, everyPage, goesBackTo, nextToken } from './reads/aws-reads.ts';
import { groupActivities, groupEvents } from './group-activities.ts';
import type { ListedPolicy, ListedScaling, ListingScope } from './watched-capacity.ts';

/** An Auto Scaling group, by where and under which name it is looked for. */
export interface GroupAddress {
  readonly region: string;
  readonly name: string;
}

/** @throws ObserverError when it is not there, or on its way out */
export async function describeGroup(
  reads: AwsReads,
  { region, name }: GroupAddress,
): Promise<AutoScalingGroup> {
  const { AutoScalingGroups = [] } = await reads.describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
  // A group that is being deleted has a status; others have none.
  const found = AutoScalingGroups.find(({ Status }) => Status === undefined);
  if (found !== undefined) return found;
  throw new ObserverError(
    `autoscaling:DescribeAutoScalingGroups found no group ${name} in ${region}; deploy the environment first, or name the one that is deployed`,
  );
}

/** Instances of a group, by where they are in their life; those in standby or on their way there are in none of these. */
export function instanceStates({ Instances = [] }: AutoScalingGroup) {
  const inState = (state: RegExp): number =>
    Instances.filter(({ LifecycleState = '' }) => state.test(LifecycleState)).length;
  return { pending: inState(/^Pending/), inService: inState(/^InService$/), ending: inState(/^Terminating/) };
}

export const groupBounds = ({ MinSize = 0, MaxSize = 0 }: AutoScalingGroup) => ({
  min: MinSize,
  max: MaxSize,
});

/** What scales a group, and did. */
export async function listGroupScaling(
  reads: AwsReads,
  address: GroupAddress,
  scope: ListingScope,
): Promise<ListedScaling> {
  const AutoScalingGroupName = address.name;
  const [group, policies, activities] = await Promise.all([
    describeGroup(reads, address),
    everyPage(async (token) => {
      const page = await reads.describePolicies({ AutoScalingGroupName, ...nextToken(token) });
      return [page.ScalingPolicies, page.NextToken];
    }),
    everyPage(async (token) => {
      const page = await reads.describeGroupActivities({ AutoScalingGroupName, ...nextToken(token) });
      return [page.Activities, page.NextToken];
    }, goesBackTo(scope.sinceMs)),
  ]);
  return {
    capacity: groupBounds(group),
    policies: policies.map(listedPolicy),
    activities: groupActivities(activities, scope),
    events: groupEvents(activities, scope),
  };
}

const listedPolicy = ({
  PolicyName = '',
  Alarms = [],
  TargetTrackingConfiguration: tracking,
}: ScalingPolicy): ListedPolicy => ({
  name: PolicyName,
  target: tracking?.TargetValue ?? null,
  alarmNames: Alarms.map(({ AlarmName }) => AlarmName).filter((name) => name !== undefined),
});
