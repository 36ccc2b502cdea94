import { describe, expect, test } from '@jest/globals';
import {
  type EnvironmentInput,
  capacityFacts,
  computeFacts,
  environmentAlarms,
  presetNames,
} from '@tideline/config';
import { type PlannedPolicy, planManagedScaling, planScaling } from '@tideline/scaling';
import fc from 'fast-check';
import { descriptions } from './any-scaling.ts';
import {
  type ComparedPolicy,
  actionOf,
  actionsInTerraform,
  alarmsInTerraform,
  boundsInTerraform,
  byName,
  policiesInTerraform,
  predictionsInTerraform,
} from './scaling-in-terraform.ts';
import { type Synthesis, synthesise } from './synthesise.ts';

type Policies = NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>;
type Policy = Policies[number];

const planned = (policy: PlannedPolicy, isGroup: boolean): ComparedPolicy => ({
  name: policy.name,
  metricKey: policy.metricKey,
  target: policy.target,
  cooldowns: isGroup ? [] : [policy.scaleOutCooldownSeconds, policy.scaleInCooldownSeconds],
  alarms: policy.alarms.map(
    ({ name, comparison, threshold, evaluationPeriods, datapointsToAlarm, periodSeconds, ...alarm }) => ({
      ...(policy.type === 'step' ? { name } : {}),
      ...{ comparison, threshold, evaluationPeriods, datapointsToAlarm, periodSeconds },
      treatMissingData: alarm.treatMissingData,
    }),
  ),
  steps:
    policy.type === 'step'
      ? {
          adjustmentType: policy.adjustmentType,
          aggregation: policy.aggregation,
          minAdjustmentMagnitude: policy.minAdjustmentMagnitude,
          steps: policy.steps,
        }
      : null,
});

const policiesOfPlan = ({ environment }: Synthesis) =>
  byName(
    planScaling(environment).policies.map((policy) =>
      planned(policy, computeFacts(environment).fleet === 'group'),
    ),
  );

const predictionsOfPlan = ({ environment }: Synthesis) =>
  byName(
    planScaling(environment).predictive.map((policy) => ({
      name: policy.name,
      metricKey: policy.metric.key,
      isLabelled: policy.metric.key.startsWith('AWS/ApplicationELB/'),
      target: policy.target,
      mode: policy.mode,
      schedulingBufferSeconds: policy.schedulingBufferSeconds,
      maxCapacityBufferPercent: policy.maxCapacityBufferPercent,
      raises: policy.maxCapacityBufferPercent !== null,
    })),
  );

const actionsOfPlan = ({ environment }: Synthesis) =>
  byName(
    planScaling(environment).scheduledActions.map((action) =>
      actionOf(action, computeFacts(environment).fleet === 'group'),
    ),
  );

function boundsOfPlan({ environment }: Synthesis) {
  const { containerInstances, warmupSeconds } = capacityFacts(environment);
  const managed = containerInstances === null ? [] : [planManagedScaling(environment, containerInstances)];
  return {
    capacity: planScaling(environment).capacity,
    managed: managed.map(({ capacity, policies }) => ({ target: policies[0]?.target, capacity })),
    warmupSeconds,
  };
}

function alarmsOfDescription({ environment }: Synthesis) {
  const { scaling, service, release } = environmentAlarms(environment);
  return Object.fromEntries(
    [...scaling, ...service, ...release]
      .filter(({ madeBy }) => madeBy === 'template')
      .map((alarm) => [
        alarm.name,
        [
          alarm.comparison,
          alarm.threshold,
          alarm.evaluationPeriods,
          alarm.datapointsToAlarm,
          alarm.treatMissingData,
        ],
      ]),
  );
}

const ofPlan = (synthesis: Synthesis) => ({
  policies: policiesOfPlan(synthesis),
  predictions: predictionsOfPlan(synthesis),
  actions: actionsOfPlan(synthesis),
  bounds: boundsOfPlan(synthesis),
  alarms: alarmsOfDescription(synthesis),
});

const inTerraform = (synthesis: Synthesis) => ({
  policies: policiesInTerraform(synthesis),
  predictions: predictionsInTerraform(synthesis),
  actions: actionsInTerraform(synthesis),
  bounds: boundsInTerraform(synthesis),
  alarms: alarmsInTerraform(synthesis),
});

describe('the scaling plan is what Terraform is given', () => {
  test.each(presetNames)('for preset %s', (preset) => {
    const synthesis = synthesise(preset);
    expect(inTerraform(synthesis)).toEqual(ofPlan(synthesis));
  });

  test('for generated policies, metrics, windows, cooldowns and bounds', () => {
    fc.assert(
      fc.property(descriptions, ({ preset, capacity, policies }) => {
        const synthesis = synthesise(preset, { capacity, scaling: { policies: policies as Policy[] } });
        expect(inTerraform(synthesis)).toEqual(ofPlan(synthesis));
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('for every setting of a predictive policy', () => {
    const policies = [
      {
        ...{ type: 'predictive', name: 'ahead', mode: 'ForecastAndScale', schedulingBufferTimeSeconds: 900 },
        ...{ maxCapacityBreachBehavior: 'IncreaseMaxCapacity', maxCapacityBuffer: 20 },
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
      },
      { type: 'predictive', name: 'shown', metric: { kind: 'cpu', targetPercent: 40 } },
    ] satisfies Policies;
    const synthesis = synthesise('stateless-asg', { scaling: { policies } });
    expect(Object.keys(predictionsOfPlan(synthesis))).toEqual(['ahead', 'shown']);
    expect(inTerraform(synthesis)).toEqual(ofPlan(synthesis));
    // The raised maximum is AWS’s: no deployment takes it back.
    expect(synthesis.only('aws_autoscaling_group').lifecycle).toMatchObject({
      ignore_changes: expect.arrayContaining(['max_size']) as unknown,
    });
  });

  test('and differs from it by one threshold that is changed by hand', () => {
    const policies = [
      {
        type: 'step',
        name: 'busy',
        metric: { kind: 'cpu' },
        alarm: { comparison: 'GreaterThanThreshold', threshold: 70 },
        steps: [{ lowerBound: 0, adjustment: 1 }],
      },
    ] satisfies Policies;
    const synthesis = synthesise('fargate-alb', { scaling: { policies } });
    expect(inTerraform(synthesis)).toEqual(ofPlan(synthesis));
    const stacks = JSON.parse(JSON.stringify(synthesis.stacks)) as typeof synthesis.stacks;
    const [alarm] = Object.values(stacks.autoscaling.resource.aws_cloudwatch_metric_alarm ?? {});
    Object.assign(alarm ?? {}, { threshold: 71 });
    expect(policiesInTerraform({ ...synthesis, stacks })).not.toEqual(policiesOfPlan(synthesis));
  });
});
