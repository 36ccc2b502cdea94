import { describe, expect, test } from '@jest/globals';
import { environmentOn, serviceEnvironment } from '@tideline/config/testing';
import { canScaleIn, scaleInDeadlineSeconds } from './scale-in-deadline.ts';

const service = serviceEnvironment({
  loadBalancer: { deregistrationDelaySeconds: 30 },
  container: { stopTimeoutSeconds: 30 },
  assumptions: { metricLagSeconds: 150 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'requests',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 },
        scaleOutCooldownSeconds: 60,
        scaleInCooldownSeconds: 120,
      },
    ],
  },
});

describe('scale-in deadline', () => {
  test('it adds up window, lag, a cooldown per task, draining and slack', () => {
    // (15 + 2 + 1) x 60 + 150 + 4 x (120 + 60) + 60 + 30 + 30 + 300
    expect(scaleInDeadlineSeconds(service, 4)).toBe(1080 + 150 + 720 + 60 + 30 + 30 + 300);
  });

  test('every further task takes a cooldown and an evaluation more', () => {
    expect(scaleInDeadlineSeconds(service, 5) - scaleInDeadlineSeconds(service, 4)).toBe(180);
  });

  test('instances that follow their tasks take their own alarm, lag and warm-up more', () => {
    const onInstances = environmentOn('ecs-ec2');
    const tasksAlone = environmentOn('fargate');
    // (15 + 2 + 1 + 2 instances) x 60 + 168 + 90 + 300
    expect(scaleInDeadlineSeconds(onInstances, 2) - scaleInDeadlineSeconds(tasksAlone, 2)).toBe(
      1200 + 168 + 90 + 300,
    );
  });

  test('of an environment that was not described, AWS’s defaults are assumed', () => {
    expect(scaleInDeadlineSeconds(null, 2)).toBe(900 + 2 * 360 + 450 + 300);
  });

  test('without a policy that scales in there is nothing to wait for', () => {
    const onlyOut = serviceEnvironment({
      scaling: {
        policies: [
          {
            type: 'target-tracking',
            name: 'out',
            metric: { kind: 'cpu', targetPercent: 50 },
            scaleInEnabled: false,
          },
        ],
      },
    });
    expect(canScaleIn(onlyOut)).toBe(false);
    expect(canScaleIn(service)).toBe(true);
  });

  test('a step policy scales in on a low alarm', () => {
    const stepping = serviceEnvironment({
      scaling: {
        policies: [
          {
            type: 'step',
            name: 'low',
            metric: { kind: 'cpu' },
            alarm: { comparison: 'LessThanOrEqualToThreshold', threshold: 20 },
            steps: [{ upperBound: 0, adjustment: -1 }],
            cooldownSeconds: 60,
          },
        ],
      },
    });
    expect(canScaleIn(stepping)).toBe(true);
    expect(scaleInDeadlineSeconds(stepping, 1)).toBe(240 + 168 + 120 + 60 + 30 + 30 + 300);
  });
});
