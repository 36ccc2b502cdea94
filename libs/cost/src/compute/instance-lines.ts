import { type Compute, type Environment, counted } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { hoursPerMonth } from '../month.ts';
import type { Usage } from '../usage.ts';
import { creditLines } from './credit-lines.ts';

/** Metrics of an instance with detailed monitoring, which are sold as custom ones (CloudWatch pricing, example of ten instances). */
const detailedMetrics = 7;

/** The group’s instances with their disks, their metrics, and the CPU time that their size does not include. */
export function instanceLines(
  compute: Compute<'ec2-asg'>,
  { environment, usage }: { readonly environment: Environment; readonly usage: Usage },
): readonly UnpricedLine[] {
  const { averageUnits } = usage;
  const { instanceType, rootVolumeGiB } = compute;
  const count = `${counted(Math.round(averageUnits * 100) / 100, 'instance')} on average`;
  const line = { part: 'compute', stack: 'service' } as const;
  return [
    {
      ...line,
      id: 'compute.instances',
      resource: `EC2 instances, ${instanceType}`,
      quantity: averageUnits * hoursPerMonth,
      price: `ec2.${instanceType}`,
      note: `${count}, on demand; no public address`,
    },
    ...creditLines(instanceType, { environment, usage, instances: averageUnits }),
    {
      ...line,
      id: 'compute.volumes',
      resource: 'EBS root volumes, gp3',
      quantity: averageUnits * rootVolumeGiB,
      price: 'ebs.gp3',
      note: `${rootVolumeGiB} GiB each; the IOPS and throughput that come with gp3`,
    },
    {
      ...line,
      id: 'compute.metrics',
      resource: 'Detailed monitoring of instances',
      quantity: averageUnits * detailedMetrics,
      price: 'cloudwatch.metric',
      note: `${detailedMetrics} metrics of each instance, every minute: target tracking on CPU needs them`,
    },
  ];
}
