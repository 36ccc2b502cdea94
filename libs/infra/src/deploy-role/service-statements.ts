import { servicePrincipal } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { DeployScope } from './deploy-scope.ts';

/** Making, reading and deleting a log group. */
export const logGroupActions = [
  'logs:CreateLogGroup',
  'logs:DeleteLogGroup',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:ListTagsForResource',
  'logs:PutRetentionPolicy',
  'logs:TagResource',
  'logs:UntagResource',
] as const;

/** What deploying the service takes: cluster, tasks, balancer and logs by their names. */
export function serviceStatements(scope: DeployScope): readonly Statement[] {
  return [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: [
        'ecs:DeregisterTaskDefinition',
        'ecs:DescribeTaskDefinition',
        'ecs:ListTaskDefinitions',
        'elasticloadbalancing:DescribeCapacityReservation',
        'elasticloadbalancing:DescribeListenerAttributes',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeLoadBalancerAttributes',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTags',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'logs:DescribeLogGroups',
      ],
      // These take no resources (service authorization reference).
      Resource: '*',
    },
    {
      Sid: 'Ecs',
      Effect: 'Allow',
      Action: [
        'ecs:CreateCluster',
        'ecs:CreateService',
        'ecs:DeleteCluster',
        'ecs:DeleteService',
        'ecs:DescribeClusters',
        'ecs:DescribeServiceDeployments',
        'ecs:DescribeServices',
        'ecs:DescribeTasks',
        'ecs:ListTagsForResource',
        'ecs:PutClusterCapacityProviders',
        'ecs:RegisterTaskDefinition',
        'ecs:RunTask',
        'ecs:StopTask',
        'ecs:TagResource',
        'ecs:UntagResource',
        'ecs:UpdateCluster',
        'ecs:UpdateClusterSettings',
        'ecs:UpdateService',
      ],
      Resource: [scope.cluster, scope.service, scope.tasks, ...scope.taskDefinitions],
    },
    {
      Sid: 'ListTasks',
      Effect: 'Allow',
      Action: ['ecs:ListServices', 'ecs:ListTasks'],
      Resource: '*',
      Condition: { ArnEquals: { 'ecs:cluster': scope.cluster } },
    },
    {
      Sid: 'Balance',
      Effect: 'Allow',
      Action: [
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:CreateListener',
        'elasticloadbalancing:CreateLoadBalancer',
        'elasticloadbalancing:CreateTargetGroup',
        'elasticloadbalancing:DeleteListener',
        'elasticloadbalancing:DeleteLoadBalancer',
        'elasticloadbalancing:DeleteTargetGroup',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:ModifyListenerAttributes',
        'elasticloadbalancing:ModifyLoadBalancerAttributes',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:ModifyTargetGroupAttributes',
        'elasticloadbalancing:RemoveTags',
        'elasticloadbalancing:SetSecurityGroups',
        'elasticloadbalancing:SetSubnets',
        'elasticloadbalancing:SetWebACL',
      ],
      Resource: scope.balancing,
    },
    {
      Sid: 'Log',
      Effect: 'Allow',
      Action: logGroupActions,
      Resource: scope.logGroups,
    },
  ];
}

/** What deploying the roles of tasks takes. No role may be made, or widened, beyond the boundary. */
export function roleStatements(scope: DeployScope): readonly Statement[] {
  const { taskRoles, permissionsBoundary } = scope;
  return [
    {
      Sid: 'BoundRoles',
      Effect: 'Allow',
      Action: [
        'iam:CreateRole',
        'iam:DeleteRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
      ],
      Resource: taskRoles,
      Condition: { StringEquals: { 'iam:PermissionsBoundary': permissionsBoundary } },
    },
    {
      Sid: 'Roles',
      Effect: 'Allow',
      Action: [
        'iam:DeleteRole',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListInstanceProfilesForRole',
        'iam:ListRolePolicies',
        'iam:ListRoleTags',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
      ],
      Resource: taskRoles,
    },
    {
      Sid: 'HandRolesToTasks',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: taskRoles,
      Condition: { StringEquals: { 'iam:PassedToService': servicePrincipal(scope.region, 'ecs-tasks') } },
    },
    {
      Sid: 'ServiceLinkedRoles',
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'iam:AWSServiceName': [
            'ecs.amazonaws.com',
            'ecs.application-autoscaling.amazonaws.com',
            'elasticloadbalancing.amazonaws.com',
          ],
        },
      },
    },
  ];
}
