import {
  codeDeployRelease,
  deploymentConfiguration,
  resourceNames,
  arnIn,
  servicePrincipal,
} from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';

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
