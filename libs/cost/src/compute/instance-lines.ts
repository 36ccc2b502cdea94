import type { Compute, Environment } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import type { Usage } from '../usage.ts';
import { computeLine, ec2Lines } from './ec2-lines.ts';

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
  ];
}
