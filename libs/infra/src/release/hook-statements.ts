import { type Environment, arnIn, httpApi, resourceNames } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';

/** ARN of the Lambda function that tests a release. */
export const releaseHookArn = (
  environment: Pick<Environment, 'region' | 'project' | 'stage'>,
  accountId: string,
): string =>
  arnIn(
    environment.region,
    `lambda:${environment.region}:${accountId}:function:${resourceNames(environment).releaseHook}`,
  );

/**
 * What the function that tests a release needs: to report on deployments of this one group, and to write its own log. Lambda
 * makes and removes the function’s network interfaces in its name, on every resource (Lambda guide, execution role of a function
 * in a VPC); the function’s own code is denied that.
 */
export function hookStatements(
  environment: Environment,
  { accountId, logGroupArn }: { readonly accountId: string; readonly logGroupArn: string },
): readonly Statement[] {
  const { region } = environment;
  const { codeDeployApplication, deploymentGroup } = resourceNames(environment);
  const isPublic = httpApi(environment) === null;
  return [
    {
      Sid: 'ReportRelease',
      Effect: 'Allow',
      Action: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
      Resource: arnIn(
        region,
        `codedeploy:${region}:${accountId}:deploymentgroup:${codeDeployApplication}/${deploymentGroup}`,
      ),
    },
    {
      Sid: 'LogHook',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${logGroupArn}:*`,
    },
    {
      Sid: 'AttachHook',
      Effect: 'Allow',
      Action: [...attaching, ...looking],
      Resource: '*',
    },
    {
      Sid: 'NotByHook',
      Effect: 'Deny',
      // The code looks for the private addresses of a public balancer itself.
      Action: isPublic ? attaching : [...attaching, ...looking],
      Resource: '*',
      Condition: { ArnEquals: { 'lambda:SourceFunctionArn': releaseHookArn(environment, accountId) } },
    },
  ];
}

const attaching = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
];
const looking = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];
