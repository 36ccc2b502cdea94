import type { Environment } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';

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
