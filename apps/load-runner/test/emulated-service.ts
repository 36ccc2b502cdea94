import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  ApplicationAutoScalingClient,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
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
import { type Environment, resourceNames } from '@tideline/config';

/** Starts the AWS emulator. @returns its process, and the variables that point the SDK at it */
export async function startEmulator() {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', 'libs/aws-emulator/src/main.ts', '--json'],
    {
      cwd: join(import.meta.dirname, '../../..'),
      // Tasks do not run in moto: it is told to report two.
      env: { ...process.env, NODE_OPTIONS: '', MOTO_ECS_SERVICE_RUNNING: '2' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { stop, variables: JSON.parse(line) as Readonly<Record<string, string>> };
}

/** Makes what the stacks would make, as far as it is observed: two tasks, both healthy, and a policy on their CPU. */
export async function createService(environment: Environment): Promise<void> {
  const { region, capacity } = environment;
  const { cluster, service, targetGroup, scalableTarget } = resourceNames(environment);
  const container = { name: 'api', image: 'api', portMappings: [{ containerPort: 3000 }] };
  const balancing = new ElasticLoadBalancingV2Client({ region });
  const { TargetGroups } = await balancing.send(
    new CreateTargetGroupCommand({
      ...{ Name: targetGroup, Protocol: 'HTTP', Port: 3000, TargetType: 'ip', VpcId: await anyVpc() },
    }),
  );
  const targetGroupArn = TargetGroups![0]!.TargetGroupArn!;
  const Targets = ['10.0.0.4', '10.0.0.5'].map((Id) => ({ Id, Port: 3000 }));
  await balancing.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));

  const ecs = new ECSClient({ region });
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      ...{ family: service, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] },
      ...{ cpu: '256', memory: '512', containerDefinitions: [container] },
    }),
  );
  await ecs.send(
    new CreateServiceCommand({
      ...{ cluster, serviceName: service, taskDefinition: service, desiredCount: 2, launchType: 'FARGATE' },
      loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 3000 }],
    }),
  );
  await scale(region, { ResourceId: scalableTarget, ...capacity });
}

async function scale(
  region: string,
  { ResourceId, min, max }: { readonly ResourceId: string; readonly min: number; readonly max: number },
): Promise<void> {
  const scaling = new ApplicationAutoScalingClient({ region });
  const target = {
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId,
  } as const;
  await scaling.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: min, MaxCapacity: max }));
  await scaling.send(
    new PutScalingPolicyCommand({
      ...target,
      ...{ PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling' },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 50,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    }),
  );
}

/** Publishes what ECS would publish of the service’s CPU. */
export async function publishCpu(
  environment: Environment,
  datapoint: { readonly at: Date; readonly percent: number },
): Promise<void> {
  const { cluster, service } = resourceNames(environment);
  await new CloudWatchClient({ region: environment.region }).send(
    new PutMetricDataCommand({
      Namespace: 'AWS/ECS',
      MetricData: [
        {
          ...{ MetricName: 'CPUUtilization', Unit: 'Percent' },
          ...{ Timestamp: datapoint.at, Value: datapoint.percent },
          Dimensions: [
            { Name: 'ClusterName', Value: cluster },
            { Name: 'ServiceName', Value: service },
          ],
        },
      ],
    }),
  );
}

/** Every account has one. The emulator reads the service from the signature’s scope, and verifies no signature. */
async function anyVpc(): Promise<string> {
  const scope = 'test/20260101/us-east-1/ec2/aws4_request';
  const response = await fetch(process.env.AWS_ENDPOINT_URL!, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ Action: 'DescribeVpcs', Version: '2016-11-15' }),
  });
  return /<vpcId>([^<]+)</.exec(await response.text())![1]!;
}
