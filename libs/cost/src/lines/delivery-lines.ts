import {
  type Environment,
  capacityUnit,
  computeFacts,
  environmentStackIds,
  stateLockFacts,
} from '@tideline/config';
import { taskLines } from '../compute/fargate-lines.ts';
import type { UnpricedLine } from '../line-item.ts';
import { type Usage, monthlyRequests } from '../usage.ts';

/** A lock in the table is taken and given back, with a checksum written each time a state changes. */
const tableWrites = 3;

/** Terraform’s states and locks, the images, and the task that drives load. */
export function deliveryLines(environment: Environment, usage: Usage): readonly UnpricedLine[] {
  const { stateGigabytes, deploymentsPerMonth, imageGigabytes, loadTestHoursPerMonth } = usage.assumptions;
  const stacks = environmentStackIds(environment).length;
  const locks = stateLockFacts(environment.state.lock).inBucket;
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
      quantity: (deploymentsPerMonth * stacks * (locks ? 2 : 1)) / 1000,
      price: 's3.thousandWrites',
      note: `${deploymentsPerMonth} deployments of ${stacks} stacks${locks ? ', a state and a lock each' : ''}`,
    },
    ...tableLines(environment, usage),
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

const tableLines = (environment: Environment, { assumptions }: Usage): readonly UnpricedLine[] =>
  stateLockFacts(environment.state.lock).inTable
    ? [
        {
          id: 'delivery.locks',
          part: 'delivery',
          stack: 'state',
          resource: 'Locks in DynamoDB',
          quantity:
            (assumptions.deploymentsPerMonth * environmentStackIds(environment).length * tableWrites) / 1e6,
          price: 'dynamodb.millionWrites',
          note: `on demand; ${tableWrites} writes for each stack of a deployment`,
        },
      ]
    : [];

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
