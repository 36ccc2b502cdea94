import { type Environment, capacityFacts, computeFacts } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { bytesPerGigabyte, daysPerMonth, hoursPerMonth, type Usage, monthlyRequests } from '../usage.ts';
import { serviceAlarmMetrics, scalingAlarmMetrics } from './alarm-metrics.ts';

const part = 'observability';

/** Logs, metrics, alarms, the dashboard, e-mails and traces. */
export function observabilityLines(
  environment: Environment,
  { usage, logGigabytes }: { readonly usage: Usage; readonly logGigabytes: number },
): readonly UnpricedLine[] {
  const { observability } = environment;
  const { logCompression, notificationsPerMonth } = usage.assumptions;
  const { logRetentionDays } = observability;
  return [
    {
      part,
      id: 'logs.arrival',
      resource: 'Logs, on arrival',
      stack: 'service',
      quantity: logGigabytes,
      price: 'cloudwatch.logs',
      note: 'a line of every request and of every health check',
    },
    {
      part,
      id: 'logs.storage',
      resource: 'Logs, stored',
      stack: 'service',
      quantity: (logGigabytes * logCompression * logRetentionDays) / daysPerMonth,
      price: 'cloudwatch.logStorage',
      note: `kept ${logRetentionDays} days, compressed to ${logCompression}`,
    },
    ...insightsLines(environment, usage),
    ...alarmLines(environment),
    {
      part,
      id: 'observability.dashboard',
      resource: 'Dashboard',
      stack: 'observability',
      quantity: 1,
      price: 'cloudwatch.dashboard',
      note: 'without the three that an account has free',
    },
    ...(observability.alarmEmail === null
      ? []
      : [
          {
            part,
            id: 'observability.emails',
            resource: 'E-mails of the topic',
            stack: 'observability',
            quantity: notificationsPerMonth / 1000,
            price: 'sns.thousandEmails',
            note: 'alarms, their ends, and scaling activities of a group',
          } as const,
        ]),
    ...(observability.tracing.enabled
      ? [
          {
            part,
            id: 'observability.traces',
            resource: 'X-Ray traces',
            stack: 'service',
            quantity: (monthlyRequests(usage) * observability.tracing.sampledPercent) / 100 / 1e6,
            price: 'xray.millionTraces',
            note: `${observability.tracing.sampledPercent} % of all requests; the collector takes its share of the task or instance`,
          } as const,
        ]
      : []),
  ];
}

/** Container Insights is on for a cluster of tasks: it is the only source of task counts. */
function insightsLines(environment: Environment, usage: Usage): readonly UnpricedLine[] {
  if (computeFacts(environment).fleet === 'group') return loadRunnerInsights(environment, usage);
  const { insightsMetrics, insightsBytesPerTaskHour } = usage.assumptions;
  return [
    {
      part,
      id: 'insights.metrics',
      resource: 'Container Insights, metrics',
      stack: 'service',
      quantity: insightsMetrics,
      price: 'cloudwatch.metric',
      note: 'of the cluster, the task family and the service; sold as custom metrics',
    },
    {
      part,
      id: 'insights.logs',
      resource: 'Container Insights, logs',
      stack: 'service',
      quantity: (usage.averageUnits * hoursPerMonth * insightsBytesPerTaskHour) / bytesPerGigabyte,
      price: 'cloudwatch.logs',
      note: `${insightsBytesPerTaskHour / 1000} kB of each task in an hour`,
    },
  ];
}

/** A cluster of the load runner’s task alone has metrics while that task runs. */
function loadRunnerInsights({ loadRunner }: Environment, usage: Usage): readonly UnpricedLine[] {
  if (!loadRunner.containerInsights) return [];
  const { insightsMetrics, loadTestHoursPerMonth } = usage.assumptions;
  const hours = monthlyRequests(usage) === 0 ? 0 : loadTestHoursPerMonth;
  return [
    {
      part,
      id: 'insights.loadRunner',
      resource: 'Container Insights of the load runner',
      stack: 'service',
      quantity: (insightsMetrics * hours) / hoursPerMonth,
      price: 'cloudwatch.metric',
      note: `its metrics are there in the ${hours} hours of its runs`,
    },
  ];
}

function alarmLines(environment: Environment): readonly UnpricedLine[] {
  const own = serviceAlarmMetrics(environment);
  const scaling = scalingAlarmMetrics(environment);
  return [
    {
      part,
      id: 'alarms.own',
      resource: 'Alarms',
      stack: 'observability',
      quantity: own.metrics,
      price: 'cloudwatch.alarm',
      note: `${own.alarms} alarms over ${own.metrics} metrics: the share of errors watches three`,
    },
    {
      part,
      id: 'alarms.scaling',
      resource: 'Alarms of scaling policies',
      stack: 'autoscaling',
      quantity: scaling.standard,
      price: 'cloudwatch.alarm',
      note: `two of each target-tracking policy, made by AWS; one of each step policy${capacityFacts(environment).containerInstances !== null ? '; two of the capacity provider' : ''}`,
    },
    ...(scaling.highResolution === 0
      ? []
      : [
          {
            part,
            id: 'alarms.fast',
            resource: 'Alarms at high resolution',
            stack: 'autoscaling',
            quantity: scaling.highResolution,
            price: 'cloudwatch.highResolutionAlarm',
            note: 'policies that watch metrics of less than 60 s',
          } as const,
        ]),
  ];
}
