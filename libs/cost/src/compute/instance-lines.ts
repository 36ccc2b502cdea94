import { type Compute, type Environment, counted, warmPoolSize } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { hoursPerMonth, type Usage } from '../usage.ts';
import { computeLine, ec2Lines, roundedAverage } from './ec2-lines.ts';

/** Metrics of an instance with detailed monitoring, which are sold as custom ones (CloudWatch pricing, example of ten instances). */
const detailedMetrics = 7;

/** The group’s instances with their disks, their metrics, and the CPU time that their size does not include. */
export function instanceLines(
  compute: Compute<'ec2-asg'>,
  { environment, usage }: { readonly environment: Environment; readonly usage: Usage },
): readonly UnpricedLine[] {
  const { averageUnits } = usage;
  return [
    ...ec2Lines(compute, { environment, usage, instances: averageUnits, purpose: '; no public address' }),
    {
      ...computeLine,
      id: 'compute.metrics',
      resource: 'Detailed monitoring of instances',
      quantity: averageUnits * detailedMetrics,
      price: 'cloudwatch.metric',
      note: `${detailedMetrics} metrics of each instance, every minute: target tracking on CPU needs them`,
    },
    ...poolLines(compute, { environment, usage }),
  ];
}

/**
 * Instances that wait beside the group: the volumes of all, and the rest of those that wait running. Their number is that at
 * the average of the instances in service, which is the least that it can be.
 */
function poolLines(
  { warmPool, instanceType, rootVolumeGiB }: Compute<'ec2-asg'>,
  { environment, usage }: { readonly environment: Environment; readonly usage: Usage },
): readonly UnpricedLine[] {
  if (warmPool === null) return [];
  const { max } = environment.capacity;
  const waiting = warmPoolSize(warmPool, { desired: usage.averageUnits, max });
  const running = warmPool.poolState === 'Running' ? waiting : 0;
  return [
    {
      ...computeLine,
      id: 'compute.pool',
      resource: `EC2 instances of the warm pool, ${instanceType}`,
      quantity: running * hoursPerMonth,
      price: `ec2.${instanceType}`,
      note: `${counted(roundedAverage(waiting), 'instance')} on average, ${warmPool.poolState.toLowerCase()}: ${
        running === 0 ? 'their volumes alone cost' : 'they cost as much as those in service'
      }`,
    },
    {
      ...computeLine,
      id: 'compute.poolVolumes',
      resource: 'EBS root volumes of the warm pool, gp3',
      quantity: waiting * rootVolumeGiB,
      price: 'ebs.gp3',
      note: `${rootVolumeGiB} GiB each, stopped or not`,
    },
    {
      ...computeLine,
      id: 'compute.poolMetrics',
      resource: 'Detailed monitoring of the warm pool',
      quantity: running * detailedMetrics,
      price: 'cloudwatch.metric',
      note: `${detailedMetrics} metrics of each running instance`,
    },
  ];
}
