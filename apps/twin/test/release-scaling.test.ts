import { expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { ActivityLog } from '../src/autoscaler/activity-log.ts';
import { Autoscaler } from '../src/autoscaler/autoscaler.ts';
import { MetricsRecorder } from '../src/balancer/metrics.ts';
import { MetricStore } from '../src/metrics/metric-store.ts';
import { MetricsPublisher } from '../src/metrics/metrics-publisher.ts';
import { TrafficCollector } from '../src/metrics/traffic-collector.ts';
import { ReleaseRig } from './release-rig.ts';

const environment = resolveEnvironment({
  preset: 'rig',
  compute: { kind: 'fargate' },
  capacity: { min: 2, max: 6, desired: 2 },
  release: { kind: 'blue-green' },
  assumptions: { metricLagSeconds: 0 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'requests',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 60, acrossTargetGroups: true },
        scaleOutCooldownSeconds: 180,
      },
    ],
  },
});

/** Requests per target scale a service that is released in virtual time. */
async function scaledRig() {
  const rig = await ReleaseRig.steady({ terminationWaitMinutes: 1 });
  const { clock, service } = rig;
  const recorder = new MetricsRecorder();
  const store = new MetricStore();
  const traffic = new TrafficCollector({
    environment,
    clock,
    store,
    snapshot: () => recorder.snapshot(),
    healthyTargets: () => service.counts().healthy,
    anomalies: () => null,
  });
  const publisher = new MetricsPublisher(clock, [
    { periodSeconds: 60, collect: (startSeconds) => traffic.collect(startSeconds) },
  ]);
  new Autoscaler({
    environment,
    clock,
    store,
    fleet: service,
    activities: new ActivityLog(),
    metricsSettled: () => publisher.settled(),
  });
  return {
    rig,
    /** Requests that come evenly over so many minutes. */
    load: async (requestsPerMinute: number, minutes: number) => {
      for (let second = 0; second < minutes * 60; second += 1) {
        for (let request = 0; request < requestsPerMinute / 60; request += 1) recorder.dispatched('t');
        traffic.mark();
        await clock.advance(1);
      }
    },
  };
}

test('requests per target scale as before once a release has swapped the target groups', async () => {
  const { rig, load } = await scaledRig();
  rig.service.deploy({ version: '2', variables: {} });
  await load(60, 4);
  expect(rig.release.status).toBe('Succeeded');
  expect(rig.service.primary.colour).toBe('green');
  expect(rig.service.desired).toBe(2);
  await load(240, 6);
  expect(rig.service.desired).toBe(4);
  expect(rig.groups.green.healthy()).toHaveLength(4);
  expect(rig.groups.blue.targets()).toHaveLength(0);
});

test('a release in the middle of a load neither hides nor doubles it', async () => {
  const { rig, load } = await scaledRig();
  await load(240, 6);
  expect(rig.service.desired).toBe(4);
  rig.service.deploy({ version: '2', variables: {} });
  await load(240, 6);
  expect([rig.service.desired, rig.service.primary.colour]).toEqual([4, 'green']);
});
