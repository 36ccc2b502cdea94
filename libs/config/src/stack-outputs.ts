import * as z from 'zod';
import type { StackId } from './stack-ids.ts';
import { stateLocks } from './state-lock.ts';

const text = (meaning: string) => z.string().min(1).describe(meaning);
/** Null where the environment has no such thing. */
const optionalText = (meaning: string) => z.string().min(1).nullable().default(null).describe(meaning);
const texts = (meaning: string) => z.array(z.string().min(1)).min(1).describe(meaning);

/** What each stack tells the outside: `terraform output -json`, or the outputs that `cdktf deploy` writes. */
export const stackOutputSchemas = {
  state: z.object({
    bucketName: text('Bucket of the Terraform state.'),
    lock: z
      .enum(stateLocks)
      .default('dynamodb')
      .describe('Where runs lock the states: `state.lock` of the last bootstrap.'),
    lockTableName: optionalText('DynamoDB table of the state’s locks; null where S3 alone locks.'),
    deployRoleArn: optionalText(
      'Role that GitHub Actions takes (AWS_ROLE); null when no repository was named.',
    ),
    trustedSubjects: z
      .array(z.string().min(1))
      .nullable()
      .default(null)
      .describe('Subjects of the tokens with which jobs of GitHub take that role; null without one.'),
  }),
  network: z.object({
    vpcId: text('VPC.'),
    publicSubnetIds: texts('Public subnets, in the order of the zones.'),
    privateSubnetIds: texts('Private subnets, in the order of the zones.'),
    taskSecurityGroupId: text('Security group of the service’s tasks.'),
    loadRunnerSecurityGroupId: text('Security group of the load runner’s task.'),
    egressPrice: text('What the way out of the private subnets costs while nothing happens.'),
  }),
  registry: z.object({
    appRepositoryUrl: text('Where the backend’s image is pushed.'),
    loadRunnerRepositoryUrl: text('Where the load runner’s image is pushed.'),
  }),
  data: z.object({
    sessionStoreEndpoint: optionalText('Primary endpoint of the session store, host and port.'),
    sessionStoreSecretArn: optionalText('Secret with the token of the session store.'),
    sessionKeysSecretArn: optionalText('Secret with the keys that sign session cookies.'),
    uploadsBucketName: optionalText('Bucket of uploaded files.'),
  }),
  service: z.object({
    url: text(
      'Where the balancer answers: the service’s address, or an internal one where the stack `ingress` has that.',
    ),
    clusterName: text('ECS cluster of the service’s tasks and of the load runner.'),
    serviceName: text('ECS service, or Auto Scaling group.'),
    targetGroupArn: text('Target group of the service’s tasks or instances.'),
    greenTargetGroupArn: optionalText(
      'The other target group of blue/green releases, which takes turns with the first; null without them.',
    ),
    listenerArn: optionalText('Production listener of the balancer; null where nothing else needs it.'),
    codeDeployApplicationName: optionalText('CodeDeploy application of blue/green releases, or null.'),
    deploymentGroupName: optionalText('CodeDeploy deployment group of blue/green releases, or null.'),
    releaseHookArn: optionalText(
      'Lambda function that tests a release before traffic moves; null where there is none.',
    ),
    loadBalancerArn: text('Application Load Balancer.'),
    loadBalancerDnsName: optionalText(
      'Name that AWS gave the balancer, to which your DNS record of loadBalancer.domainName leads; null without one.',
    ),
    logGroupName: text('Log group of the backend.'),
    taskDefinitionArn: optionalText(
      'Task definition that the service was last deployed with; null where instances run it without ECS.',
    ),
    launchTemplate: optionalText(
      'Launch template of the instances with its latest version, as lt-…:3; null for Fargate tasks.',
    ),
    loadRunnerTaskDefinitionArn: text('Task definition of the load runner.'),
    loadRunnerLogGroupName: text('Log group of the load runner.'),
    runsBucketName: optionalText(
      'Bucket that load runs hand their profile, record and report through; null before the first deployment that makes it.',
    ),
  }),
  ingress: z.object({
    url: text('Where the service answers, with the stage: the base path is part of it.'),
    apiId: text('HTTP API.'),
    stageName: text('Stage of the HTTP API.'),
    logGroupName: text('Log group of the HTTP API’s requests.'),
  }),
  autoscaling: z.object({
    scalableTargetId: text(
      'What scaling moves: Application Auto Scaling’s resource id of the service, or the Auto Scaling group.',
    ),
  }),
  observability: z.object({
    topicArn: text('SNS topic that alarms go to.'),
    dashboardName: text('CloudWatch dashboard.'),
  }),
} as const satisfies Record<StackId, z.ZodType>;

export type StackOutputs = { readonly [Id in StackId]: z.output<(typeof stackOutputSchemas)[Id]> };

const terraformOutput = z.record(z.string(), z.looseObject({ value: z.unknown() }));

/**
 * Reads what `terraform output -json` prints for a stack; outputs that CDKTF adds for other stacks are left out.
 * @throws ZodError when one of the stack’s outputs is missing, so the stack has not been deployed to its end
 */
export function parseStackOutputs<Id extends StackId>(stack: Id, printed: unknown): StackOutputs[Id] {
  const values = Object.entries(terraformOutput.parse(printed)).map(([name, { value }]) => [name, value]);
  return stackOutputSchemas[stack].parse(Object.fromEntries(values)) as StackOutputs[Id];
}
