import { describe, expect, test } from '@jest/globals';
import {
  type EnvironmentInput,
  deploymentCodes,
  presetInput,
  presetNames,
  resolveEnvironment,
} from '@tideline/config';
import { DeploymentError, explainFailure } from './deployment-error.ts';
import { refuseUndeployable } from './refuse-undeployable.ts';

const problemsOf = (preset: string, over: Partial<EnvironmentInput> = {}) => {
  try {
    refuseUndeployable(resolveEnvironment({ ...presetInput(preset), ...over }));
    return [];
  } catch (error) {
    if (error instanceof DeploymentError) return error.problems;
    throw error;
  }
};

const stressTokenSecretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:stress-AbCdEf';

describe('refuseUndeployable', () => {
  test.each(presetNames)('has nothing against preset %s', (preset) => {
    expect(problemsOf(preset)).toEqual([]);
  });

  test.each([
    ['TL-DEPLOY-IMAGE', { local: { command: 'npm start' } }, 'local.command is "npm start"'],
    [
      'TL-DEPLOY-REGION',
      {
        container: {
          image: 'shop:1',
          secrets: { KEY: 'arn:aws:ssm:eu-west-1:123456789012:parameter/key' },
        },
      },
      'container.secrets.KEY is of eu-west-1',
    ],
    [
      'TL-DEPLOY-RESOLUTION',
      { monitoring: { resolutionSeconds: 20 } },
      'monitoring.resolutionSeconds is 20; in AWS provider 5.100.0 aws_ecs_service has no monitoring_configuration, and predefined_metric_type of aws_appautoscaling_policy no ECSServiceAverageCPUUtilizationHighResolution',
    ],
    [
      'TL-DEPLOY-REGION',
      { container: { stressRoutes: true, stressTokenSecretArn } },
      'container.stressTokenSecretArn is of eu-west-1, and the environment of us-east-1',
    ],
    [
      'TL-DEPLOY-REGION',
      {
        loadBalancer: {
          certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/3f1c',
          domainName: 'shop.example.com',
        },
      },
      'loadBalancer.certificateArn is of eu-west-1',
    ],
  ] as const)('answers %s to %j', (code, over, message) => {
    const [problem, ...others] = problemsOf('load-driven', over);
    expect(others).toEqual([]);
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(message);
    expect(deploymentCodes).toHaveProperty([code]);
  });
});

describe('refuseUndeployable of a predictive policy', () => {
  const policies = [
    {
      type: 'predictive',
      name: 'ahead',
      metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
    } as const,
  ];

  test.each(['fargate-alb', 'flash-sale'])('answers TL-DEPLOY-PREDICTIVE to the tasks of %s', (preset) => {
    const problems = problemsOf(preset, { scaling: { policies } });
    expect(problems.map(({ code }) => code)).toEqual(['TL-DEPLOY-PREDICTIVE']);
    expect(problems[0]?.message).toContain(
      'scaling.policies.ahead is predictive; in AWS provider 5.100.0 aws_appautoscaling_policy has no predictive_scaling_policy_configuration, which came with 6.13.0',
    );
    expect(deploymentCodes).toHaveProperty(['TL-DEPLOY-PREDICTIVE']);
  });

  test('has nothing against the instances of stateless-asg', () => {
    expect(problemsOf('stateless-asg', { scaling: { policies } })).toEqual([]);
  });
});

describe('refuseUndeployable of instances', () => {
  test('answers TL-DEPLOY-INSTANCE to a schedule that EC2 Auto Scaling has no words for', () => {
    const problems = problemsOf('stateless-asg', {
      scaling: {
        policies: [{ type: 'scheduled', name: 'often', schedule: 'rate(5 minutes)', minCapacity: 3 }],
      },
    });
    expect(problems.map(({ code }) => code)).toEqual(['TL-DEPLOY-INSTANCE']);
    expect(problems[0]?.message).toContain('the schedule rate(5 minutes) of "often" has a rate');
    expect(deploymentCodes).toHaveProperty(['TL-DEPLOY-INSTANCE']);
  });
});

test('explainFailure keeps the stack of a fault, and the words of a mistake', () => {
  const mistake = new DeploymentError([{ code: 'TL-DEPLOY-VARIABLE', message: 'X is not set' }]);
  expect(explainFailure(mistake)).toBe('TL-DEPLOY-VARIABLE X is not set');
  expect(explainFailure(new Error('broken'))).toContain('refuse-undeployable.test.ts');
  expect(explainFailure('text')).toBe('text');
});
