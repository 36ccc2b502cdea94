import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, type NodePrice, listPrices, replacePrices } from '@tideline/config';
import { preset } from '../test/environments.ts';
import { defaultCostAssumptions } from './cost-assumptions.ts';
import { estimate } from './estimate.ts';
import type { Usage } from './usage.ts';

const idle: Usage = {
  averageUnits: 2,
  requestsPerSecond: 0,
  hoursPerDay: 0,
  assumptions: defaultCostAssumptions,
};
const busy: Usage = { ...idle, requestsPerSecond: 100, hoursPerDay: 24 };

/** Quantity and USD of each line, by id. */
const linesOf = (name: string, usage: Usage, over: Partial<EnvironmentInput> = {}) =>
  Object.fromEntries(
    estimate(preset(name, over), usage, listPrices).lines.map(({ id, quantity, monthlyUsd }) => [
      id,
      [Math.round(quantity * 1000) / 1000, Math.round(monthlyUsd * 100) / 100],
    ]),
  );

describe('load-driven, idle', () => {
  const lines = linesOf('load-driven', idle);

  test('pays for two tasks of 0.25 vCPU and 0.5 GB around the clock', () => {
    expect(lines).toMatchObject({ 'compute.vcpu': [365, 14.78], 'compute.memory': [730, 3.24] });
  });

  test('pays for the balancer’s hours, an address in each zone, and no capacity', () => {
    expect(lines).toMatchObject({
      'balancer.hours': [730, 16.43],
      'balancer.capacity': [0, 0],
      'balancer.addresses': [1460, 7.3],
    });
  });

  test('pays for three endpoints in two zones', () => {
    expect(lines['network.endpoints']).toEqual([4380, 43.8]);
  });

  test('pays for its own alarms, whose error share watches three metrics, and two of each tracking policy', () => {
    expect(lines).toMatchObject({ 'alarms.own': [6, 0.6], 'alarms.scaling': [4, 0.4] });
  });

  test('pays for nothing that it has not', () => {
    const ids = Object.keys(lines).join(' ');
    expect(ids).not.toMatch(/sessions|files|edge|traces|emails|accessLogs|nat|instances/);
  });
});

describe('the locks of the states', () => {
  // 20 deployments of 6 stacks.
  test.each([
    ['dynamodb', 0.12, true],
    ['s3', 0.24, false],
    ['both', 0.24, true],
  ] as const)('state.lock=%s pays for %s thousand writes to S3; for a table: %s', (lock, writes, table) => {
    const lines = linesOf('load-driven', idle, { state: { lock } });
    expect(lines['delivery.stateWrites']?.[0]).toBe(writes);
    expect('delivery.locks' in lines).toBe(table);
  });
});

describe('stateless-asg', () => {
  test('pays for two t3.micro with disks and metrics, and for two Redis nodes and two secrets', () => {
    expect(linesOf('stateless-asg', idle)).toMatchObject({
      'compute.instances': [1460, 15.18],
      'compute.credits': [0, 0],
      'compute.volumes': [16, 1.28],
      'compute.metrics': [14, 4.2],
      'sessions.primary': [730, 12.41],
      'sessions.replicas': [730, 12.41],
      'sessions.secrets': [2, 0.8],
      'network.endpoints': [8760, 87.6],
    });
  });

  test('pays for CPU beyond what a t3.micro earns', () => {
    // 100 requests/s of 20.5 ms are 2.05 vCPU; two instances are idle at 1 % of two vCPUs each, and earn 0.2 vCPU each.
    const surplus = 2.05 + 0.04 - 0.4;
    expect(linesOf('stateless-asg', busy)['compute.credits']?.[0]).toBeCloseTo(surplus * 730, 2);
  });

  test('cannot use more CPU than there is', () => {
    const [vcpuHours] = linesOf('stateless-asg', { ...busy, requestsPerSecond: 10_000 })['compute.credits']!;
    expect(vcpuHours).toBeCloseTo((4 - 0.4) * 730, 2);
  });

  test('has no credits to buy on T2', () => {
    const compute = { kind: 'ec2-asg', instanceType: 't2.micro' } as const;
    expect(linesOf('stateless-asg', busy, { compute })).not.toHaveProperty(['compute.credits']);
  });

  test('says how to give the price of a node type that the table lacks', () => {
    const environment = preset('stateless-asg', {
      sessions: { store: 'redis', nodeType: 'cache.r7g.large' },
    });
    expect(() => estimate(environment, idle, listPrices)).toThrow(
      /TL-CONFIG-SCHEMA sessions\.nodeType: got "cache\.r7g\.large".*"elasticache\.cache\.r7g\.large" in a file of prices/,
    );
    const prices = replacePrices(listPrices, { prices: { 'elasticache.cache.r7g.large': 0.2 } }, 'mine.json');
    expect(
      estimate(environment, idle, prices).lines.find(({ id }) => id === 'sessions.primary'),
    ).toMatchObject({
      monthlyUsd: 146,
      unit: 'node-hour',
    });
  });
});

describe('flash-sale', () => {
  test('pays for one t2.small with its disk and its address, and for no way out of private subnets', () => {
    const lines = linesOf('flash-sale', { ...idle, averageUnits: 1 });
    expect(lines).toMatchObject({
      'compute.instances': [730, 16.79],
      'compute.volumes': [30, 2.4],
      'compute.addresses': [730, 3.65],
      'balancer.addresses': [1460, 7.3],
      // Seven of the service, and five of the session store on each of two nodes.
      'alarms.own': [17, 1.7],
      'alarms.scaling': [4, 0.4],
      'insights.metrics': [25, 7.5],
    });
    for (const id of [
      'network.endpoints',
      'network.nat',
      'compute.credits',
      'compute.metrics',
      'compute.vcpu',
    ])
      expect(lines).not.toHaveProperty([id]);
  });

  test('has instances as its tasks need them, between their bounds', () => {
    const instances = (averageUnits: number, over: object = {}) =>
      (linesOf('flash-sale', { ...idle, averageUnits }, { compute: { kind: 'ecs-ec2', ...over } })[
        'compute.instances'
      ]?.[0] ?? 0) / 730;
    // Three tasks of 512 MiB fit beside the 64 MiB that are kept from tasks.
    expect(instances(3)).toBe(1);
    expect(instances(6)).toBe(2);
    expect(instances(60)).toBe(3);
    expect(instances(0)).toBe(1);
    expect(instances(2, { taskPerInstance: true })).toBe(2);
    expect(instances(4, { taskPerInstance: true, targetCapacityPercent: 50, instances: { max: 20 } })).toBe(
      8,
    );
  });

  test('buys credits for what its tasks use beyond what their instances earn, up to all that these have', () => {
    const compute = { kind: 'ecs-ec2', instanceType: 't3.small', taskPerInstance: true } as const;
    const container = { cpuMillisecondsPerRequest: 10 };
    const surplus = (requestsPerSecond: number) =>
      linesOf('flash-sale', { ...busy, requestsPerSecond, averageUnits: 2 }, { compute, container })[
        'compute.credits'
      ]?.[0];
    expect(surplus(10)).toBe(0);
    expect(surplus(100)).toBeCloseTo((1.05 + 0.04 - 0.8) * 730, 2);
    expect(surplus(10_000)).toBeCloseTo((4 - 0.8) * 730, 2);
  });
});

describe('the session store', () => {
  const sessions = { store: 'redis', replicas: 1 } as const;

  test('costs a fifth less with Valkey', () => {
    const lines = linesOf('load-driven', idle, { sessions: { ...sessions, engine: 'valkey' } });
    expect(lines).toMatchObject({ 'sessions.primary': [730, 9.93], 'sessions.replicas': [730, 9.93] });
    const every = Object.entries(listPrices).filter(([name]) => name.startsWith('elasticache.cache.'));
    for (const [name, { usd }] of every) {
      const valkey = listPrices[name.replace('elasticache.', 'elasticache.valkey.') as NodePrice]?.usd;
      expect(valkey).toBeCloseTo(usd * 0.8, 6);
    }
  });

  test('pays for every daily snapshot but the first', () => {
    const kept = (snapshotRetentionDays: number) =>
      linesOf('load-driven', idle, { sessions: { ...sessions, snapshotRetentionDays } });
    expect(kept(0)).not.toHaveProperty(['sessions.snapshots']);
    expect(kept(1)).toMatchObject({ 'sessions.snapshots': [0, 0] });
    expect(kept(8)).toMatchObject({ 'sessions.snapshots': [0.7, 0.06] });
  });

  test('keeps cold files for less in Glacier Instant Retrieval, and pays more for the move', () => {
    const files = { store: 's3', coldStorageClass: 'GLACIER_IR' } as const;
    const lines = linesOf('load-driven', busy, { sessions, files });
    const dearer = linesOf('load-driven', busy, { sessions, files: { store: 's3' } });
    expect(lines['files.cold']).toEqual([40, 0.16]);
    expect(dearer['files.cold']).toEqual([40, 0.5]);
    expect(lines['files.transitions']?.[1]).toBeCloseTo((dearer['files.transitions']?.[1] ?? 0) * 2, 1);
  });
});

describe('under load', () => {
  test('answers are data transfer, requests are logged', () => {
    const millions = (100 * 3600 * 730) / 1e6;
    const lines = linesOf('fargate-alb', busy);
    expect(lines['transfer.out']).toEqual([millions, Math.round(millions * 9) / 100]);
    expect(lines['logs.arrival']?.[0]).toBeGreaterThan(millions * 0.33);
  });

  test('a firewall counts its rules and requests', () => {
    expect(linesOf('fargate-alb', busy, { waf: { enabled: true } })).toMatchObject({
      'edge.webAcl': [1, 5],
      'edge.rules': [2, 2],
      'edge.inspected': [262.8, 157.68],
    });
    // A month that stays below the limit has no blocked requests to log.
    expect(linesOf('fargate-alb', busy, { waf: { enabled: true } })).not.toHaveProperty(['edge.firewallLog']);
    const logged = linesOf('fargate-alb', busy, { waf: { enabled: true, log: 'all' } });
    expect(logged['edge.firewallLog']).toEqual([394.2, 197.1]);
  });

  test('CloudFront takes the place of the balancer’s own transfer', () => {
    const lines = linesOf('fargate-alb', busy, { cdn: { enabled: true } });
    expect(lines).toMatchObject({
      'transfer.cdn': [262.8, 22.34],
      'edge.requests': [26_280, 262.8],
      'edge.secret': [1, 0.4],
    });
    expect(lines).not.toHaveProperty(['edge.accessLogs']);
    const logged = linesOf('fargate-alb', busy, { cdn: { enabled: true }, accessLogs: { enabled: true } });
    expect(logged['edge.accessLogs']?.[0]).toBeCloseTo(logged['balancer.accessLogs']?.[0] ?? 0, 6);
    expect(lines).not.toHaveProperty(['transfer.out']);
  });
});

test('with NAT, a gateway and an address in each zone take the place of the endpoints', () => {
  const lines = linesOf('load-driven', idle, { network: { egress: 'nat' } });
  expect(lines).toMatchObject({ 'network.nat': [1460, 65.7], 'network.natAddresses': [1460, 7.3] });
  expect(lines).not.toHaveProperty(['network.endpoints']);
});

test('alarms at 20 s cost more, and a sum watches each of its metrics', () => {
  const queue = { namespace: 'Shop', metricName: 'Backlog' };
  const lines = linesOf('fargate-alb', idle, {
    monitoring: { resolutionSeconds: 20 },
    scaling: {
      policies: [
        { type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 60 } },
        {
          type: 'target-tracking',
          name: 'queues',
          scaleInEnabled: false,
          metric: { kind: 'sum', targetValue: 9, metrics: [queue, { ...queue, metricName: 'Late' }] },
        },
      ],
    },
  });
  expect(lines).toMatchObject({ 'alarms.fast': [2, 0.6], 'alarms.scaling': [2, 0.2] });
});

describe('blue-green', () => {
  const lines = linesOf('blue-green', { ...busy, averageUnits: 1 });

  test('pays for the requests of the HTTP API and for its log, and for no public address', () => {
    expect(lines['ingress.requests']).toEqual([262.8, 262.8]);
    expect(lines).toHaveProperty(['ingress.log']);
    expect(lines).not.toHaveProperty(['balancer.addresses']);
  });

  test('pays for every task twice during 20 releases of 13 minutes, and for the alarms that roll them back', () => {
    const taskHours = (20 * 13) / 60;
    expect(lines).toMatchObject({
      'release.vcpu': [Math.round(taskHours * 250) / 1000, 0.04],
      'alarms.release': [7, 0.7],
      // The function that tests a release has an alarm of its own.
      'alarms.own': [8, 0.8],
      // A quarter of a gigabyte for 10 requests, a second each.
      'release.hook': [50, 0],
      'delivery.stressToken': [1, 0.4],
    });
  });

  test('pays for longer releases where the traffic moves more slowly', () => {
    const linear = linesOf(
      'blue-green',
      { ...busy, averageUnits: 1 },
      {
        release: { kind: 'blue-green', shift: { kind: 'linear', percent: 10, intervalMinutes: 3 } },
      },
    );
    expect(linear['release.vcpu']?.[0]).toBeCloseTo((20 * (3 + 27 + 5) * 0.25) / 60, 2);
  });

  test('watches the requests of both target groups in each alarm of a policy on them', () => {
    const metric = {
      kind: 'requests-per-target',
      requestsPerTargetPerMinute: 600,
      acrossTargetGroups: true,
    } as const;
    const across = linesOf('blue-green', idle, {
      scaling: { policies: [{ type: 'target-tracking', name: 'requests', metric }] },
    });
    expect(across['alarms.scaling']).toEqual([4, 0.4]);
  });
});

describe('a warm pool', () => {
  /** Two of ten in service, as stateless-asg is at rest: eight wait. */
  const poolOf = (poolState: 'Stopped' | 'Running' | 'Hibernated') => {
    const compute = { kind: 'ec2-asg', rootVolumeGiB: 10, warmPool: { poolState } } as const;
    const lines = linesOf('stateless-asg', { ...idle, averageUnits: 2 }, { compute });
    return ['compute.pool', 'compute.poolVolumes', 'compute.poolMetrics'].map((id) => lines[id]?.[0]);
  };

  test.each(['Stopped', 'Hibernated'] as const)('that is %s costs its volumes alone', (poolState) => {
    expect(poolOf(poolState)).toEqual([0, 8 * 10, 0]);
  });

  test('that is running costs as much as what is in service', () => {
    expect(poolOf('Running')).toEqual([8 * 730, 8 * 10, 8 * 7]);
  });

  test('costs nothing where there is none', () => {
    expect(linesOf('stateless-asg', { ...idle, averageUnits: 2 })['compute.pool']).toBeUndefined();
  });
});
