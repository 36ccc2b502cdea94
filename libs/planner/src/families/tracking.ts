import { capacityFacts, codeDeployRelease } from '@tideline/config';
import type { Family, PlanSubject, PolicyInput } from './family.ts';
import type { Genes } from './genes.ts';

const readsOfTracking = ['utilisation', 'scaleOutCooldownSeconds', 'scaleInCooldownSeconds'] as const;

/** Requests a minute of a unit at a share of what it carries. */
export const requestsPerMinute = ({ capacity }: PlanSubject, share: number): number =>
  Math.max(1, Math.round(capacity.requestsPerSecond.value * 60 * share));

/** Both target groups of a blue/green service take turns, so their requests are added up. */
export const acrossTargetGroups = ({ environment }: PlanSubject): boolean =>
  codeDeployRelease(environment) !== null;

/** Cooldowns as a description has them; none where new units warm up instead. */
function cooldowns({ scaleOutCooldownSeconds, scaleInCooldownSeconds }: Genes, { environment }: PlanSubject) {
  if (capacityFacts(environment).warmupSeconds !== null) return {};
  return { scaleOutCooldownSeconds, scaleInCooldownSeconds };
}

/** Target tracking on the requests of a unit. */
export const requestsPolicy = (genes: Genes, subject: PlanSubject): PolicyInput => ({
  type: 'target-tracking',
  name: 'requests-per-target',
  metric: {
    kind: 'requests-per-target',
    requestsPerTargetPerMinute: requestsPerMinute(subject, genes.utilisation),
    ...(acrossTargetGroups(subject) ? { acrossTargetGroups: true } : {}),
  },
  ...cooldowns(genes, subject),
});

export const requests: Family = {
  label: 'target tracking on requests',
  reads: readsOfTracking,
  absence: () => null,
  policies: (genes, subject) => [requestsPolicy(genes, subject)],
};

export const cpu: Family = {
  label: 'target tracking on CPU',
  reads: readsOfTracking,
  absence: ({ capacity }) =>
    capacity.cpuPercentAtCapacity === null || capacity.cpuMillisecondsPerRequest === null
      ? 'the capacity says nothing of CPU time: measure it with tideline capacity'
      : null,
  policies: (genes, subject) => [
    {
      type: 'target-tracking',
      name: 'cpu',
      metric: {
        kind: 'cpu',
        targetPercent: Math.max(
          1,
          Math.min(100, Math.round((subject.capacity.cpuPercentAtCapacity ?? 0) * genes.utilisation)),
        ),
      },
      ...cooldowns(genes, subject),
    },
  ],
};

export const responseTime: Family = {
  label: 'target tracking on response time',
  reads: readsOfTracking,
  absence: (subject) =>
    subject.capacity.responseTimeMilliseconds === null
      ? 'the capacity says nothing of response times: measure it with tideline capacity'
      : cpu.absence(subject),
  policies: (genes, subject) => {
    const { responseTimeMilliseconds, cpuPercentAtCapacity } = subject.capacity;
    const busy = ((cpuPercentAtCapacity ?? 0) / 100) * genes.utilisation;
    const milliseconds = (responseTimeMilliseconds ?? 0) / Math.max(0.05, 1 - busy);
    return [
      {
        type: 'target-tracking',
        name: 'response-time',
        metric: {
          kind: 'response-time',
          targetMilliseconds: Math.max(0.1, Number(milliseconds.toPrecision(3))),
        },
        ...cooldowns(genes, subject),
      },
    ];
  },
};
