import { describe, expect, test } from '@jest/globals';
import { callRepair } from '../../test/call-repair.ts';
import { ecsRepairs } from './ecs.ts';

const service = { serviceArn: 'arn:aws:ecs:us-east-1:123456789012:service/one', desiredCount: 2 };

describe('ECS behind the gateway', () => {
  test('a service keeps the fields that moto drops, and updates change only what they name', async () => {
    const repairs = ecsRepairs();
    const describeIt = () =>
      callRepair(repairs, 'DescribeServices', {
        parameters: {},
        moto: { services: [service], failures: [] },
      });
    const parameters = { healthCheckGracePeriodSeconds: 30, availabilityZoneRebalancing: 'ENABLED' };
    const created = await callRepair(repairs, 'CreateService', { parameters, moto: { service } });
    expect(created).toEqual({ service: { ...service, ...parameters } });

    await callRepair(repairs, 'UpdateService', {
      parameters: { healthCheckGracePeriodSeconds: 60 },
      moto: { service },
    });
    expect(await describeIt()).toEqual({
      services: [{ ...service, healthCheckGracePeriodSeconds: 60, availabilityZoneRebalancing: 'ENABLED' }],
      failures: [],
    });
  });

  test('a service with an empty strategy keeps its launch type', async () => {
    const repairs = ecsRepairs();
    const parameters = { capacityProviderStrategy: [] };
    await callRepair(repairs, 'CreateService', { parameters, moto: { service } });
    const fargate = { ...service, launchType: 'FARGATE' };
    expect(
      await callRepair(repairs, 'DescribeServices', { parameters: {}, moto: { services: [fargate] } }),
    ).toEqual({ services: [{ ...fargate, ...parameters }] });
  });

  test('a service that asked for neither is described as moto does', async () => {
    const repairs = ecsRepairs();
    await callRepair(repairs, 'CreateService', { parameters: {}, moto: { service } });
    expect(
      await callRepair(repairs, 'DescribeServices', { parameters: {}, moto: { services: [service] } }),
    ).toEqual({
      services: [service],
    });
  });

  test('a service keeps how its tasks are placed, and whose capacity they take, without a launch type or a network', async () => {
    const repairs = ecsRepairs();
    const parameters = {
      capacityProviderStrategy: [{ capacityProvider: 'one', weight: 1, base: 0 }],
      placementConstraints: [{ type: 'distinctInstance' }],
      placementStrategy: [{ type: 'binpack', field: 'memory' }],
    };
    await callRepair(repairs, 'CreateService', { parameters, moto: { service } });
    const invented = { ...service, launchType: 'EC2', networkConfiguration: {} };
    expect(
      await callRepair(repairs, 'DescribeServices', { parameters: {}, moto: { services: [invented] } }),
    ).toEqual({ services: [{ ...service, ...parameters }] });
  });
});
