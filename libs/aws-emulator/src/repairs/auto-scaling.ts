import { type AwsRequest } from '../gateway/aws-request.ts';
import { formList, queryAnswer } from '../gateway/query-xml.ts';
import { type Repair } from '../gateway/repair.ts';

const service = 'autoscaling';

interface Refresh {
  readonly id: string;
  readonly startTime: string;
  readonly version: string;
  readonly template: string;
}

const text = ({ parameters }: AwsRequest, name: string): string | undefined => {
  const value = parameters[name];
  return typeof value === 'string' ? value : undefined;
};
const groupOf = (request: AwsRequest): string => text(request, 'AutoScalingGroupName') ?? '';

/** Warm-ups, metrics, notifications and instance refreshes of Auto Scaling groups, and how policies are described. */
export function autoScalingRepairs(): readonly Repair[] {
  const warmups = new Map<string, string>();
  const topics = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const refreshes = new Map<string, readonly Refresh[]>();
  const metrics = new Map<string, readonly string[]>();

  const remembering = (operation: string): Repair => ({
    service,
    operation,
    aws: 'keeps the default warm-up of instances',
    answer: (request, forward) => {
      const warmup = text(request, 'DefaultInstanceWarmup');
      if (warmup !== undefined) warmups.set(groupOf(request), warmup);
      return forward();
    },
  });
  return [
    remembering('CreateAutoScalingGroup'),
    remembering('UpdateAutoScalingGroup'),
    {
      service,
      operation: 'DescribeAutoScalingGroups',
      aws: 'the default warm-up, the metrics that are on, how the group uses reservations, and the launch template that the last instance refresh brought',
      answer: async (_, forward) => {
        const answer = await forward();
        return {
          ...answer,
          body: withMetrics(withWarmups(withVersions(answer.body, refreshes), warmups), metrics),
        };
      },
    },
    {
      service,
      operation: 'DeleteAutoScalingGroup',
      aws: 'forgets what belongs to the group',
      answer: (request, forward) => {
        for (const memory of [warmups, topics, refreshes, metrics]) memory.delete(groupOf(request));
        return forward();
      },
    },
    {
      service,
      operation: 'DescribeLifecycleHooks',
      aws: 'no listener of a hook, where none was named',
      answer: async (_, forward) => {
        const answer = await forward();
        return { ...answer, body: answer.body.replaceAll(inventedListener, '') };
      },
    },
    {
      service,
      operation: 'DescribePolicies',
      aws: 'says that a policy is enabled, and no predictive configuration where there is none',
      answer: async (_, forward) => {
        const answer = await forward();
        return { ...answer, body: describedPolicies(answer.body) };
      },
    },
    {
      service,
      operation: 'PutNotificationConfiguration',
      aws: 'tells the topic of the group’s events',
      answer: (request) => {
        const group = groupOf(request);
        const types = formList(request.parameters, 'NotificationTypes.member');
        topics.set(group, new Map([...(topics.get(group) ?? []), [text(request, 'TopicARN') ?? '', types]]));
        return Promise.resolve(queryAnswer('PutNotificationConfiguration', {}));
      },
    },
    {
      service,
      operation: 'DescribeNotificationConfigurations',
      aws: 'which topic is told of which events',
      answer: (request) => {
        const groups = formList(request.parameters, 'AutoScalingGroupNames.member');
        const member = groups.flatMap((AutoScalingGroupName) =>
          [...(topics.get(AutoScalingGroupName) ?? [])].flatMap(([TopicARN, types]) =>
            types.map((NotificationType) => ({ AutoScalingGroupName, TopicARN, NotificationType })),
          ),
        );
        return Promise.resolve(
          queryAnswer('DescribeNotificationConfigurations', { NotificationConfigurations: { member } }),
        );
      },
    },
    {
      service,
      operation: 'DeleteNotificationConfiguration',
      aws: 'tells the topic no more',
      answer: (request) => {
        const group = groupOf(request);
        const left = [...(topics.get(group) ?? [])].filter(([topic]) => topic !== text(request, 'TopicARN'));
        topics.set(group, new Map(left));
        return Promise.resolve(queryAnswer('DeleteNotificationConfiguration', {}));
      },
    },
    ...metricsRepairs(metrics),
    ...refreshRepairs(refreshes),
  ];
}

/** Moto lets each call replace the metrics that were on before, and switches none off. */
const metricsRepairs = (metrics: Map<string, readonly string[]>): readonly Repair[] => [
  {
    service,
    operation: 'EnableMetricsCollection',
    aws: 'switches these metrics on beside those that are',
    answer: (request) => {
      const added = formList(request.parameters, 'Metrics.member');
      const on = new Set([...(metrics.get(groupOf(request)) ?? []), ...added]);
      metrics.set(groupOf(request), [...on]);
      return Promise.resolve(queryAnswer('EnableMetricsCollection', {}));
    },
  },
  {
    service,
    operation: 'DisableMetricsCollection',
    aws: 'switches these metrics off, or all where none is named',
    answer: (request) => {
      const off = formList(request.parameters, 'Metrics.member');
      const left = (metrics.get(groupOf(request)) ?? []).filter((metric) => !off.includes(metric));
      metrics.set(groupOf(request), off.length === 0 ? [] : left);
      return Promise.resolve(queryAnswer('DisableMetricsCollection', {}));
    },
  },
];

/** Nothing boots in an emulator: a refresh is over when it has begun, and the group runs what it was to bring. */
const refreshRepairs = (refreshes: Map<string, readonly Refresh[]>): readonly Repair[] => [
  {
    service,
    operation: 'StartInstanceRefresh',
    aws: 'replaces the instances by the desired configuration, a few at a time',
    answer: (request) => {
      const earlier = refreshes.get(groupOf(request)) ?? [];
      const desired = 'DesiredConfiguration.LaunchTemplate';
      const refresh: Refresh = {
        id: `refresh-${earlier.length + 1}`,
        startTime: new Date().toISOString(),
        version: text(request, `${desired}.Version`) ?? '',
        template: text(request, `${desired}.LaunchTemplateId`) ?? '',
      };
      refreshes.set(groupOf(request), [refresh, ...earlier]);
      return Promise.resolve(queryAnswer('StartInstanceRefresh', { InstanceRefreshId: refresh.id }));
    },
  },
  {
    service,
    operation: 'DescribeInstanceRefreshes',
    aws: 'how far each refresh is, latest first',
    answer: (request) => {
      const AutoScalingGroupName = groupOf(request);
      const wanted = formList(request.parameters, 'InstanceRefreshIds.member');
      const member = (refreshes.get(AutoScalingGroupName) ?? [])
        .filter(({ id }) => wanted.length === 0 || wanted.includes(id))
        .map(({ id, startTime, version, template }) => ({
          InstanceRefreshId: id,
          AutoScalingGroupName,
          Status: 'Successful',
          PercentageComplete: 100,
          InstancesToUpdate: 0,
          StartTime: startTime,
          EndTime: startTime,
          DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: template, Version: version } },
        }));
      return Promise.resolve(queryAnswer('DescribeInstanceRefreshes', { InstanceRefreshes: { member } }));
    },
  },
];

/** Each group’s part of the answer, from its name to the next group’s. */
const eachGroup = (xml: string, change: (part: string, name: string) => string): string =>
  xml
    .split(/(?=<AutoScalingGroupName>)/)
    .map((part) => {
      const name = /^<AutoScalingGroupName>([^<]+)/.exec(part)?.[1];
      return name === undefined ? part : change(part, name);
    })
    .join('');

/** What AWS answers for a group that names no reservation. */
const noReservation =
  '<CapacityReservationSpecification><CapacityReservationPreference>default</CapacityReservationPreference></CapacityReservationSpecification>';

const withWarmups = (xml: string, warmups: ReadonlyMap<string, string>): string =>
  eachGroup(xml, (part, name) => {
    // An instance names its group too.
    if (part.includes('<CapacityReservationSpecification>') || !part.includes('<MinSize>')) return part;
    const warmup = warmups.get(name);
    const forgotten = warmup === undefined ? '' : `<DefaultInstanceWarmup>${warmup}</DefaultInstanceWarmup>`;
    return part.replace('</AutoScalingGroupName>', `</AutoScalingGroupName>${forgotten}${noReservation}`);
  });

const withMetrics = (xml: string, metrics: ReadonlyMap<string, readonly string[]>): string =>
  eachGroup(xml, (part, name) =>
    part.replace(/<EnabledMetrics\s*\/>|<EnabledMetrics>.*?<\/EnabledMetrics>/s, () => {
      const members = (metrics.get(name) ?? []).map(
        (metric) => `<member><Metric>${metric}</Metric><Granularity>1Minute</Granularity></member>`,
      );
      return `<EnabledMetrics>${members.join('')}</EnabledMetrics>`;
    }),
  );

const withVersions = (xml: string, refreshes: ReadonlyMap<string, readonly Refresh[]>): string =>
  eachGroup(xml, (part, name) => {
    const version = refreshes.get(name)?.[0]?.version;
    if (version === undefined) return part;
    return part.replaceAll(
      /(<LaunchTemplate>(?:(?!<\/LaunchTemplate>).)*<Version>)[^<]*/gs,
      (_, before: string) => `${before}${version}`,
    );
  });

/** What moto makes up for every hook: a queue of its own, and a role. */
const inventedListener =
  /<(NotificationTargetARN)>arn:aws:sqs:us-east-1:123456789012:my-queue<\/\1>|<(RoleARN)>arn:aws:iam::1234567890:role\/my-auto-scaling-role<\/\2>/g;

/** Moto says of no policy whether it is enabled, which reads as no, and gives each an empty predictive configuration. */
const describedPolicies = (xml: string): string =>
  xml
    .replaceAll(/(<PolicyType>[^<]*<\/PolicyType>)(?!<Enabled>)/g, '$1<Enabled>true</Enabled>')
    .replaceAll(/<PredictiveScalingConfiguration\s*\/>/g, '');
