import { type Environment, capacityUnit, environmentStackIds, computeFacts } from '@tideline/config';
import { taskLines } from '../compute/fargate-lines.ts';
import type { UnpricedLine } from '../line-item.ts';
import { type Usage, monthlyRequests } from '../usage.ts';

/** A lock is taken and given back, with a checksum written each time a state changes. */
const lockWrites = 3;

/** Terraform’s states and locks, the images, and the task that drives load. */
export function deliveryLines(environment: Environment, usage: Usage): readonly UnpricedLine[] {
  const { stateGigabytes, deploymentsPerMonth, imageGigabytes, loadTestHoursPerMonth } = usage.assumptions;
  const stacks = environmentStackIds(environment).length;
  const line = { part: 'delivery' } as const;
  const hours = monthlyRequests(usage) === 0 ? 0 : loadTestHoursPerMonth;
  return [
    {
      ...line,
      id: 'delivery.state',
      resource: 'Terraform states in S3',
      stack: 'state',
      quantity: stateGigabytes,
      price: 's3.standard',
      note: 'older versions included',
    },
    {
      ...line,
      id: 'delivery.stateWrites',
      resource: 'Writes of Terraform states',
      stack: 'state',
      quantity: (deploymentsPerMonth * stacks) / 1000,
      price: 's3.thousandWrites',
      note: `${deploymentsPerMonth} deployments of ${stacks} stacks`,
    },
    {
      ...line,
      id: 'delivery.locks',
      resource: 'Locks in DynamoDB',
      stack: 'state',
      quantity: (deploymentsPerMonth * stacks * lockWrites) / 1e6,
      price: 'dynamodb.millionWrites',
      note: `on demand; ${lockWrites} writes for each stack of a deployment`,
    },
    {
      ...line,
      id: 'delivery.images',
      resource: 'Images in ECR',
      stack: 'registry',
      quantity: imageGigabytes,
      price: 'ecr.storage',
      note: 'both repositories; pulls within the region are free, and so is basic scanning',
    },
    ...taskLines(
      { ...environment.loadRunner, architecture: capacityUnit(environment).architecture },
      {
        id: 'delivery.loadRunner',
        resource: 'Load runner task',
        hours,
        address: computeFacts(environment).hasPublicAddresses ? 'in a public subnet' : 'no public address',
      },
    ).map((task) => ({ ...task, ...line })),
  ];
}

/** The secret that is made for the stress routes, where the description names none; one that it names is paid elsewhere. */
export const stressTokenLines = ({ container }: Environment): readonly UnpricedLine[] =>
  container.stressRoutes && container.stressTokenSecretArn === null
    ? [
        {
          id: 'delivery.stressToken',
          part: 'delivery',
          stack: 'service',
          resource: 'Secret of the stress routes',
          quantity: 1,
          price: 'secrets.secret',
          note: 'its reads, one for each start of a task, are not worth a line',
        },
      ]
    : [];
