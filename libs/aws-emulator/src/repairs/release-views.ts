import * as z from 'zod';
import { type Repair } from '../gateway/repair.ts';
import { type LiveVersion, type ReleaseMemory, serviceKey } from './release-memory.ts';

const released = z.looseObject({
  serviceName: z.string(),
  clusterArn: z.string(),
  serviceArn: z.string(),
  taskDefinition: z.string(),
  desiredCount: z.number(),
  loadBalancers: z.array(z.looseObject({ targetGroupArn: z.string() })).min(1),
  deploymentController: z.object({ type: z.literal('CODE_DEPLOY') }),
});

/**
 * A service as ECS describes it when CodeDeploy releases it: its task sets, the primary one with what was released last. Any
 * other service stays as it is. No task runs here: those that are asked for count as running.
 */
export function withTaskSets<Service extends object>(service: Service, memory: ReleaseMemory): Service {
  const parsed = released.safeParse(service);
  if (!parsed.success) return service;
  const { serviceName, clusterArn, serviceArn, taskDefinition, desiredCount, loadBalancers } = parsed.data;
  const key = serviceKey(clusterArn, serviceName);
  const [first] = loadBalancers;
  const live: LiveVersion = memory.live.get(key) ?? {
    taskDefinition,
    targetGroupArn: first?.targetGroupArn ?? '',
  };
  // What a first release is rolled back to.
  memory.live.set(key, live);
  const replacement = memory.replacement.get(key);
  const taskSet = (status: 'PRIMARY' | 'ACTIVE', { taskDefinition: runs, targetGroupArn }: LiveVersion) => ({
    id: `ecs-svc/${targetGroupArn.slice(targetGroupArn.lastIndexOf('/') + 1)}`,
    serviceArn,
    clusterArn,
    status,
    taskDefinition: runs,
    computedDesiredCount: desiredCount,
    runningCount: desiredCount,
    pendingCount: 0,
    stabilityStatus: 'STEADY_STATE',
    loadBalancers: [{ ...first, targetGroupArn }],
    scale: { unit: 'PERCENT', value: 100 },
  });
  return {
    ...service,
    taskDefinition: live.taskDefinition,
    runningCount: desiredCount,
    pendingCount: 0,
    taskSets: [
      taskSet('PRIMARY', live),
      ...(replacement === undefined ? [] : [taskSet('ACTIVE', replacement)]),
    ],
  };
}

/** A new service has nothing of an earlier one of its name. */
export function forgetReleases(service: object, { live, replacement }: ReleaseMemory): void {
  const { serviceName = '', clusterArn = '' } = service as { serviceName?: string; clusterArn?: string };
  live.delete(serviceKey(clusterArn, serviceName));
  replacement.delete(serviceKey(clusterArn, serviceName));
}

/** What the balancer and CloudWatch have to tell of a release. */
export const releaseViewRepairs = (memory: ReleaseMemory): readonly Repair[] => [
  {
    service: 'elasticloadbalancing',
    operation: 'CreateTargetGroup',
    aws: 'a group; CodeDeploy knows it by its name',
    answer: async (request, forward) => {
      const answer = await forward();
      const arn = /<TargetGroupArn>([^<]+)/.exec(answer.body)?.[1];
      if (arn !== undefined) memory.targetGroupArns.set(String(request.parameters.Name), arn);
      return answer;
    },
  },
  {
    service: 'elasticloadbalancing',
    operation: 'DescribeListeners',
    aws: 'listeners with the target group that CodeDeploy has moved them to',
    answer: async (_, forward) => {
      const answer = await forward();
      return { ...answer, body: withLedGroups(answer.body, memory) };
    },
  },
  {
    service: 'monitoring',
    operation: 'SetAlarmState',
    aws: 'an alarm in ALARM stops the release that watches it',
    answer: async ({ parameters }, forward) => {
      const answer = await forward();
      if (parameters.StateValue === 'ALARM') memory.firing.add(String(parameters.AlarmName));
      else memory.firing.delete(String(parameters.AlarmName));
      return answer;
    },
  },
];

/** Each listener’s part of the answer, from its ARN to the next listener’s. */
const withLedGroups = (xml: string, { led }: ReleaseMemory): string =>
  xml
    .split(/(?=<ListenerArn>)/)
    .map((part) => {
      const group = led.get(/^<ListenerArn>([^<]+)/.exec(part)?.[1] ?? '');
      return group === undefined
        ? part
        : part.replaceAll(/<TargetGroupArn>[^<]+/g, `<TargetGroupArn>${group}`);
    })
    .join('');
