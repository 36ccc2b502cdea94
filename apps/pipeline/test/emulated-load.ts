import {
  ApplicationAutoScalingClient,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  type Environment,
  type StackOutputs,
  bucketNames,
  loadRunnerContainerName,
  loadRunnerDescriptionVariable,
  resourceNames,
  stackOutputSchemas,
  stateKey,
} from '@tideline/config';

const accountId = '123456789012';

/** Makes what the stacks would make, as far as a load run touches it: two tasks that are healthy, and the load runner’s task definition. */
export async function deployForLoad(environment: Environment, url: string): Promise<void> {
  const { region } = environment;
  const names = resourceNames(environment);
  const subnetsAndGroup = await networkOf(region);
  await createService(environment, subnetsAndGroup.vpcId);
  await send('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: names.loadRunnerLogGroup });
  const taskDefinition = await createTaskDefinition(environment);

  const s3 = new S3Client({ region, forcePathStyle: true });
  const buckets = bucketNames(environment, accountId);
  for (const Bucket of [buckets.state, buckets.runs]) await s3.send(new CreateBucketCommand({ Bucket }));
  const { vpcId, ...network } = subnetsAndGroup;
  const outputs = {
    // The bootstrap records the preset.
    state: {},
    network: { ...network, vpcId },
    service: {
      ...{ url, clusterName: names.cluster, runsBucketName: buckets.runs },
      loadRunnerTaskDefinitionArn: taskDefinition,
      loadRunnerLogGroupName: names.loadRunnerLogGroup,
    },
  } satisfies { [Stack in 'state' | 'network' | 'service']: Partial<StackOutputs[Stack]> };
  for (const stack of ['state', 'network', 'service'] as const)
    await s3.send(
      new PutObjectCommand({
        ...{ Bucket: buckets.state, Key: stateKey(environment, stack) },
        Body: JSON.stringify(state(environment.preset, stack, outputs[stack])),
      }),
    );
}

/** Terraform’s state of a stack with one resource; outputs that are not given have some text. */
function state(preset: string, stack: keyof StackOutputs, given: Readonly<Record<string, unknown>>) {
  const names = Object.keys(stackOutputSchemas[stack].shape);
  const value = (name: string) => given[name] ?? (name.endsWith('Ids') ? ['other'] : 'other');
  return {
    version: 4,
    outputs: Object.fromEntries(names.map((name) => [name, { value: value(name) }])),
    resources: [{ mode: 'managed', type: 'aws_vpc', instances: [{ attributes: { tags_all: { preset } } }] }],
  };
}

async function networkOf(region: string) {
  const ec2 = new EC2Client({ region });
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  return {
    vpcId: Subnets[0]!.VpcId!,
    publicSubnetIds: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId!),
    loadRunnerSecurityGroupId: SecurityGroups[0]!.GroupId!,
  };
}

async function createService(environment: Environment, VpcId: string): Promise<void> {
  const { region, capacity } = environment;
  const { cluster, service, targetGroup, scalableTarget } = resourceNames(environment);
  const balancing = new ElasticLoadBalancingV2Client({ region });
  const { TargetGroups } = await balancing.send(
    new CreateTargetGroupCommand({
      ...{ Name: targetGroup, Protocol: 'HTTP', Port: 3000, TargetType: 'ip', VpcId },
    }),
  );
  const targetGroupArn = TargetGroups![0]!.TargetGroupArn!;
  const Targets = ['10.0.0.4', '10.0.0.5'].map((Id) => ({ Id, Port: 3000 }));
  await balancing.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
  const ecs = new ECSClient({ region });
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const containerDefinitions = [{ name: 'api', image: 'api', portMappings: [{ containerPort: 3000 }] }];
  const size = {
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
  } as const;
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      ...size,
      ...{ family: service, requiresCompatibilities: ['FARGATE'], containerDefinitions },
    }),
  );
  await ecs.send(
    new CreateServiceCommand({
      ...{ cluster, serviceName: service, taskDefinition: service, desiredCount: 2, launchType: 'FARGATE' },
      loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 3000 }],
    }),
  );
  const scaling = new ApplicationAutoScalingClient({ region });
  const scaled = {
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId: scalableTarget,
  } as const;
  const { min: MinCapacity, max: MaxCapacity } = capacity;
  await scaling.send(new RegisterScalableTargetCommand({ ...scaled, MinCapacity, MaxCapacity }));
  await scaling.send(
    new PutScalingPolicyCommand({
      ...scaled,
      ...{ PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling' },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 50,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    }),
  );
}

/** As libs/infra describes the load runner, as far as a stand-in for the task reads it. @returns its ARN */
async function createTaskDefinition(environment: Environment): Promise<string> {
  const { region } = environment;
  const { loadRunner, loadRunnerRepository, loadRunnerLogGroup } = resourceNames(environment);
  const ecr = new ECRClient({ region });
  await ecr.send(new CreateRepositoryCommand({ repositoryName: loadRunnerRepository }));
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = {
    schemaVersion: 2,
    mediaType,
    config: { digest: `sha256:${'0'.repeat(64)}` },
    layers: [],
  };
  await ecr.send(
    new PutImageCommand({
      ...{ repositoryName: loadRunnerRepository, imageTag: 'one', imageManifest: JSON.stringify(manifest) },
    }),
  );
  const { taskDefinition } = await new ECSClient({ region }).send(
    new RegisterTaskDefinitionCommand({
      ...{ family: loadRunner, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] },
      ...{ cpu: '1024', memory: '2048', volumes: [{ name: 'reports' }] },
      containerDefinitions: [
        {
          name: loadRunnerContainerName,
          image: `${accountId}.dkr.ecr.${region}.amazonaws.com/${loadRunnerRepository}:one`,
          stopTimeout: 120,
          environment: [{ name: loadRunnerDescriptionVariable, value: JSON.stringify(environment) }],
          mountPoints: [{ sourceVolume: 'reports', containerPath: '/reports' }],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': loadRunnerLogGroup,
              'awslogs-stream-prefix': 'task',
              'awslogs-region': region,
            },
          },
        },
      ],
    }),
  );
  return taskDefinition!.taskDefinitionArn!;
}

/** The emulator reads the service from the signature’s scope, and verifies no signature. */
async function send(service: string, target: string, parameters: object): Promise<void> {
  const scope = `test/20260101/us-east-1/${service}/aws4_request`;
  const answer = await fetch(process.env.AWS_ENDPOINT_URL!, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(parameters),
  });
  if (!answer.ok) throw new Error(`${target}: ${answer.status} ${await answer.text()}`);
}
