import { beforeEach, describe, expect, test } from '@jest/globals';
import { answerOf, awsRequest, callRepair } from '../../test/call-repair.ts';
import { type Repair } from '../gateway/repair.ts';
import { deploymentRepairs } from './code-deploy-deployments.ts';
import { lifecycleEvents } from './code-deploy-release.ts';
import { CodeDeployAccount, codeDeployRepairs } from './code-deploy.ts';
import { ecsRepairs } from './ecs.ts';
import { ReleaseMemory } from './release-memory.ts';
import { releaseViewRepairs } from './release-views.ts';

const group = { applicationName: 'api', deploymentGroupName: 'api' };
const settings = {
  ...group,
  deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
  serviceRoleArn: 'arn:role',
  ecsServices: [{ clusterName: 'main', serviceName: 'api' }],
  alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
  loadBalancerInfo: {
    targetGroupPairInfoList: [
      {
        prodTrafficRoute: { listenerArns: ['listener/1'] },
        targetGroups: [{ name: 'blue' }, { name: 'green' }],
      },
    ],
  },
  tags: [{ Key: 'stage', Value: 'dev' }],
};
const service = {
  serviceArn: 'arn:aws:ecs:us-east-1:123456789012:service/main/api',
  serviceName: 'api',
  clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/main',
  taskDefinition: 'api:1',
  desiredCount: 2,
  runningCount: 0,
  pendingCount: 2,
  loadBalancers: [{ targetGroupArn: 'tg/blue/1' }],
  deploymentController: { type: 'CODE_DEPLOY' },
};

let table: readonly Repair[];
let memory: ReleaseMemory;

const ask = (operation: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> =>
  callRepair(table, operation, { parameters });
const described = async () =>
  (
    (await callRepair(table, 'DescribeServices', {
      parameters: {},
      moto: { services: [service], failures: [] },
    })) as { readonly services: readonly (typeof service & { readonly taskSets: readonly unknown[] })[] }
  ).services[0];
const start = async (taskDefinition: string): Promise<string> => {
  const content = JSON.stringify({
    version: 0,
    Resources: [{ TargetService: { Properties: { TaskDefinition: taskDefinition } } }],
  });
  const revision = { revisionType: 'AppSpecContent', appSpecContent: { content } };
  const { deploymentId } = (await ask('CreateDeployment', { ...group, revision })) as {
    deploymentId: string;
  };
  return deploymentId;
};
const look = async (deploymentId: string) =>
  (
    (await ask('GetDeployment', { deploymentId })) as {
      readonly deploymentInfo: {
        readonly status: string;
        readonly errorInformation?: { readonly code: string };
        readonly rollbackInfo: { readonly rollbackDeploymentId?: string };
      };
    }
  ).deploymentInfo;

beforeEach(async () => {
  memory = new ReleaseMemory();
  const account = new CodeDeployAccount();
  table = [
    ...codeDeployRepairs(account),
    ...deploymentRepairs(account, memory),
    ...ecsRepairs(memory),
    ...releaseViewRepairs(memory),
  ];
  memory.targetGroupArns.set('blue', 'tg/blue/1').set('green', 'tg/green/2');
  await ask('CreateApplication', { applicationName: 'api', computePlatform: 'ECS' });
  await ask('CreateDeploymentGroup', settings);
});

describe('CodeDeploy behind the gateway', () => {
  test('tells times as numbers, and a group with its alarms', async () => {
    expect(await ask('GetApplication', group)).toMatchObject({
      application: { applicationName: 'api', createTime: expect.any(Number) as unknown },
    });
    expect(await ask('GetDeploymentGroup', group)).toMatchObject({
      deploymentGroupInfo: { alarmConfiguration: settings.alarmConfiguration, computePlatform: 'ECS' },
    });
  });

  test('keeps tags by their resource, and forgets a group that is deleted', async () => {
    const ResourceArn = 'arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:api/api';
    await ask('TagResource', { ResourceArn, Tags: [{ Key: 'stack', Value: 'service' }] });
    await ask('UntagResource', { ResourceArn, TagKeys: ['stage'] });
    expect(await ask('ListTagsForResource', { ResourceArn })).toEqual({
      Tags: [{ Key: 'stack', Value: 'service' }],
    });
    await ask('DeleteDeploymentGroup', group);
    expect(await ask('GetDeploymentGroup', group)).toMatchObject({
      __type: 'DeploymentGroupDoesNotExistException',
    });
  });

  test('deletes no configuration that a group uses', async () => {
    const deploymentConfigName = 'own';
    await ask('CreateDeploymentConfig', { deploymentConfigName, computePlatform: 'ECS' });
    await ask('UpdateDeploymentGroup', {
      applicationName: 'api',
      currentDeploymentGroupName: 'api',
      deploymentConfigName,
    });
    expect(await ask('DeleteDeploymentConfig', { deploymentConfigName })).toMatchObject({
      __type: 'DeploymentConfigInUseException',
    });
    await ask('DeleteDeploymentGroup', group);
    await ask('DeleteDeploymentConfig', { deploymentConfigName });
    expect(await ask('GetDeploymentConfig', { deploymentConfigName })).toMatchObject({
      __type: 'DeploymentConfigDoesNotExistException',
    });
  });
});

describe('a release in the emulator', () => {
  test('goes one event further each time it is asked, and then the service and its listener have the other version', async () => {
    expect(await described()).toMatchObject({ taskDefinition: 'api:1', runningCount: 2 });
    const id = await start('api:2');
    const statuses = [(await look(id)).status];
    while (statuses.at(-1) === 'InProgress') statuses.push((await look(id)).status);
    expect(statuses).toHaveLength(lifecycleEvents.length);
    expect(statuses).toEqual([...statuses.slice(1).map(() => 'InProgress'), 'Succeeded']);
    expect(await described()).toMatchObject({
      taskDefinition: 'api:2',
      taskSets: [
        { status: 'PRIMARY', taskDefinition: 'api:2', loadBalancers: [{ targetGroupArn: 'tg/green/2' }] },
      ],
    });
    expect(memory.led.get('listener/1')).toBe('tg/green/2');
    expect(await ask('GetDeploymentGroup', group)).toMatchObject({
      deploymentGroupInfo: { lastAttemptedDeployment: { deploymentId: id } },
    });
  });

  test('is alone in its group', async () => {
    await described();
    const id = await start('api:2');
    expect(
      await ask('ListDeployments', { ...group, includeOnlyStatuses: ['Created', 'InProgress'] }),
    ).toEqual({
      deployments: [id],
    });
    const content = JSON.stringify({
      Resources: [{ TargetService: { Properties: { TaskDefinition: 'api:3' } } }],
    });
    const revision = { revisionType: 'AppSpecContent', appSpecContent: { content } };
    expect(await ask('CreateDeployment', { ...group, revision })).toMatchObject({
      __type: 'DeploymentLimitExceededException',
    });
  });

  test('is stopped by an alarm of its group once traffic moves, and rolled back', async () => {
    await described();
    const id = await start('api:2');
    memory.firing.add('errors');
    let state = await look(id);
    while (state.status === 'InProgress') state = await look(id);
    expect(state).toMatchObject({ status: 'Stopped', errorInformation: { code: 'ALARM_ACTIVE' } });
    const rollback = await look(state.rollbackInfo.rollbackDeploymentId ?? '');
    expect(rollback.status).toBe('Succeeded');
    expect(await described()).toMatchObject({ taskDefinition: 'api:1', taskSets: [{ status: 'PRIMARY' }] });
    expect(memory.led.get('listener/1')).toBe('tg/blue/1');
  });

  test('is stopped by hand, and shows its events and its traffic', async () => {
    await described();
    const id = await start('api:2');
    await look(id);
    await look(id);
    expect((await described())?.taskSets).toHaveLength(2);
    expect(await ask('BatchGetDeploymentTargets', { deploymentId: id })).toMatchObject({
      deploymentTargets: [
        {
          ecsTarget: {
            lifecycleEvents: [
              { lifecycleEventName: 'BeforeInstall', status: 'Succeeded' },
              { lifecycleEventName: 'Install', status: 'Succeeded' },
              { lifecycleEventName: 'AfterInstall', status: 'InProgress' },
              ...lifecycleEvents
                .slice(3)
                .map((lifecycleEventName) => ({ lifecycleEventName, status: 'Pending' })),
            ],
            taskSetsInfo: [
              { taskSetLabel: 'Blue', trafficWeight: 100, targetGroup: { name: 'blue' } },
              { taskSetLabel: 'Green', trafficWeight: 0, targetGroup: { name: 'green' } },
            ],
          },
        },
      ],
    });
    await ask('StopDeployment', { deploymentId: id });
    expect(await look(id)).toMatchObject({ status: 'Stopped' });
    expect(await ask('StopDeployment', { deploymentId: id })).toMatchObject({
      __type: 'DeploymentAlreadyCompletedException',
    });
  });
});

test('a service that ECS rolls itself stays as moto describes it', async () => {
  const rolling = { ...service, deploymentController: { type: 'ECS' } };
  expect(
    await callRepair(table, 'DescribeServices', {
      parameters: {},
      moto: { services: [rolling], failures: [] },
    }),
  ).toEqual({ services: [rolling], failures: [] });
});

test('a listener leads to the group that CodeDeploy has moved it to, and others to theirs', async () => {
  memory.led.set('listener/1', 'tg/green/2');
  const xml = (first: string) =>
    `<Listeners><member><ListenerArn>listener/1</ListenerArn><TargetGroupArn>${first}</TargetGroupArn></member><member><ListenerArn>listener/2</ListenerArn><TargetGroupArn>tg/blue/1</TargetGroupArn></member></Listeners>`;
  const request = awsRequest({ operation: 'DescribeListeners' });
  const answer = await answerOf(table, request, () =>
    Promise.resolve({ status: 200, body: xml('tg/blue/1') }),
  );
  expect(answer.body).toBe(xml('tg/green/2'));
});
