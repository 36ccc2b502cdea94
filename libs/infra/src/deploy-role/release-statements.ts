import {
  codeDeployRelease,
  deploymentConfiguration,
  resourceNames,
  arnIn,
  servicePrincipal,
  testTraffic,
} from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import { releaseHookArn } from '../release/hook-statements.ts';

/** What deploying CodeDeploy’s part takes, and releasing by it. */
export function releaseStatements({
  environment,
  accountId,
}: Pick<StackContext, 'environment' | 'accountId'>): readonly Statement[] {
  const release = codeDeployRelease(environment);
  if (release === null) return [];
  const names = resourceNames(environment);
  const codeDeploy = (resource: string) =>
    arnIn(environment.region, `codedeploy:${environment.region}:${accountId}:${resource}`);
  const { name, owner } = deploymentConfiguration(environment, release.shift);
  return [
    {
      Sid: 'Release',
      Effect: 'Allow',
      Action: [
        'codedeploy:BatchGetDeploymentTargets',
        'codedeploy:CreateApplication',
        'codedeploy:CreateDeployment',
        'codedeploy:CreateDeploymentGroup',
        'codedeploy:DeleteApplication',
        'codedeploy:DeleteDeploymentGroup',
        'codedeploy:GetApplication',
        'codedeploy:GetApplicationRevision',
        'codedeploy:GetDeployment',
        'codedeploy:GetDeploymentGroup',
        'codedeploy:ListDeploymentTargets',
        'codedeploy:ListDeployments',
        'codedeploy:ListTagsForResource',
        'codedeploy:RegisterApplicationRevision',
        'codedeploy:TagResource',
        'codedeploy:UntagResource',
        'codedeploy:UpdateApplication',
        'codedeploy:UpdateDeploymentGroup',
      ],
      Resource: [
        codeDeploy(`application:${names.codeDeployApplication}`),
        codeDeploy(`deploymentgroup:${names.codeDeployApplication}/${names.deploymentGroup}`),
      ],
    },
    {
      Sid: 'StopRelease',
      Effect: 'Allow',
      // It takes no resources (service authorization reference).
      Action: ['codedeploy:StopDeployment'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': environment.region } },
    },
    {
      Sid: 'Shift',
      Effect: 'Allow',
      Action: [
        'codedeploy:GetDeploymentConfig',
        ...(owner === 'aws'
          ? []
          : ['codedeploy:CreateDeploymentConfig', 'codedeploy:DeleteDeploymentConfig']),
      ],
      // The configuration before is deleted when the numbers of the shift change.
      Resource: codeDeploy(`deploymentconfig:${owner === 'aws' ? name : `${names.deploymentGroup}-*`}`),
    },
    ...(testTraffic(environment) === null ? [] : releaseHookStatements({ environment, accountId })),
    {
      Sid: 'HandRoleToCodeDeploy',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: arnIn(environment.region, `iam::${accountId}:role/${names.codeDeployRole}`),
      Condition: {
        StringEquals: { 'iam:PassedToService': servicePrincipal(environment.region, 'codedeploy') },
      },
    },
  ];
}

/** What deploying the function that tests a release takes. */
const releaseHookStatements = ({
  environment,
  accountId,
}: Pick<StackContext, 'environment' | 'accountId'>): readonly Statement[] => [
  {
    Sid: 'ReleaseHook',
    Effect: 'Allow',
    Action: [
      'lambda:CreateFunction',
      'lambda:DeleteFunction',
      'lambda:GetFunction',
      'lambda:GetFunctionCodeSigningConfig',
      'lambda:GetFunctionConfiguration',
      'lambda:ListTags',
      'lambda:ListVersionsByFunction',
      'lambda:TagResource',
      'lambda:UntagResource',
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
    ],
    Resource: releaseHookArn(environment, accountId),
  },
  {
    Sid: 'HandRoleToLambda',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: arnIn(environment.region, `iam::${accountId}:role/${resourceNames(environment).releaseHook}`),
    Condition: { StringEquals: { 'iam:PassedToService': servicePrincipal(environment.region, 'lambda') } },
  },
];
