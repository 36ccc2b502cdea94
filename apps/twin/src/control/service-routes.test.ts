import { describe, expect, test } from '@jest/globals';
import { fakeTwin } from '../../test/fake-twin.ts';
import { describeTasks } from './service-routes.ts';

describe('describeTasks', () => {
  test('gives each task its target’s health, or says that it has no target', async () => {
    const { rig, balancer } = await fakeTwin();
    balancer.register({ id: 't2', host: '127.0.0.1', port: 1, availabilityZone: 'us-east-1b' });
    expect(describeTasks(rig.service, balancer)).toEqual([
      {
        id: 't1',
        state: 'RUNNING',
        availabilityZone: 'us-east-1a',
        host: null,
        version: '1',
        revision: 1,
        stoppedReason: null,
        health: 'not registered',
        createdAtSeconds: 0,
        protectedUntilSeconds: null,
      },
      {
        id: 't2',
        state: 'RUNNING',
        availabilityZone: 'us-east-1b',
        host: null,
        version: '1',
        revision: 1,
        stoppedReason: null,
        health: 'initial',
        createdAtSeconds: 0,
        protectedUntilSeconds: null,
      },
    ]);
    rig.service.task('t1')?.stop('Task stopped by user');
    expect(describeTasks(rig.service, balancer)[0]?.stoppedReason).toBe('Task stopped by user');
    await balancer.close();
  });
});
