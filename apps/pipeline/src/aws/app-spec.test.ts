import { describe, expect, test } from '@jest/globals';
import { appSpec, releasedTaskDefinition } from './app-spec.ts';

const target = {
  taskDefinition: 'arn:aws:ecs:us-east-1:1:task-definition/api:7',
  container: 'api',
  port: 3000,
  hook: null,
};

describe('an inline AppSpec', () => {
  test('names the task definition, and the container that gets the requests', () => {
    expect(JSON.parse(appSpec(target))).toEqual({
      version: 0,
      Resources: [
        {
          TargetService: {
            Type: 'AWS::ECS::Service',
            Properties: {
              TaskDefinition: target.taskDefinition,
              LoadBalancerInfo: { ContainerName: 'api', ContainerPort: 3000 },
            },
          },
        },
      ],
    });
  });

  test('has CodeDeploy call the function that tests a release, once its listener leads to the new tasks', () => {
    const hook = 'arn:aws:lambda:us-east-1:1:function:api-release-hook';
    expect(JSON.parse(appSpec({ ...target, hook }))).toEqual({
      ...(JSON.parse(appSpec(target)) as object),
      Hooks: [{ AfterAllowTestTraffic: hook }],
    });
    expect(releasedTaskDefinition(appSpec({ ...target, hook }))).toBe(target.taskDefinition);
  });

  test('tells its task definition again, and nothing when somebody wrote it otherwise', () => {
    expect(releasedTaskDefinition(appSpec(target))).toBe(target.taskDefinition);
    expect(releasedTaskDefinition('version: 0.0\nResources: []')).toBeNull();
    expect(releasedTaskDefinition('{"Resources":[]}')).toBeNull();
    expect(releasedTaskDefinition(undefined)).toBeNull();
  });
});
