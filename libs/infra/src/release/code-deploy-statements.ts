import { type Environment, resourceNames, arnIn, servicePrincipal, testTraffic } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import { releaseHookArn } from './hook-statements.ts';

/**
 * What CodeDeploy needs to release this one service: its task sets, its listeners, its alarms, and its roles to hand on. A
 * narrow version of AWS’s own policy AWSCodeDeployRoleForECSLimited, which holds for every service of an account.
 */
export function codeDeployStatements(environment: Environment, accountId: string): readonly Statement[] {
  const { region } = environment;
  const names = resourceNames(environment);
  const regional = (service: string, resource: string) =>
    arnIn(region, `${service}:${region}:${accountId}:${resource}`);
  return [
    {
      Sid: 'TaskSets',
      Effect: 'Allow',
      Action: [
        'ecs:CreateTaskSet',
        'ecs:DeleteTaskSet',
        'ecs:DescribeServices',
        'ecs:UpdateServicePrimaryTaskSet',
      ],
      Resource: [
        regional('ecs', `service/${names.cluster}/${names.service}`),
        regional('ecs', `task-set/${names.cluster}/${names.service}/*`),
      ],
    },
    {
      Sid: 'Listeners',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:ModifyListener', 'elasticloadbalancing:ModifyRule'],
      Resource: [
        regional('elasticloadbalancing', `listener/app/${names.loadBalancer}/*`),
        regional('elasticloadbalancing', `listener-rule/app/${names.loadBalancer}/*`),
      ],
    },
    {
      Sid: 'Look',
      Effect: 'Allow',
      Action: [
        'cloudwatch:DescribeAlarms',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTargetGroups',
      ],
      // These take no resources (service authorization reference).
      Resource: '*',
    },
    ...(testTraffic(environment) === null
      ? []
      : [
          {
            Sid: 'TestRelease',
            Effect: 'Allow',
            Action: ['lambda:InvokeFunction'],
            Resource: releaseHookArn(environment, accountId),
          } as const,
        ]),
    {
      Sid: 'HandOn',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [names.executionRole, names.taskRole].map((role) =>
        arnIn(region, `iam::${accountId}:role/${role}`),
      ),
      Condition: { StringEquals: { 'iam:PassedToService': servicePrincipal(region, 'ecs-tasks') } },
    },
  ];
}
