import { computeFacts } from '@tideline/config';
import type { Family } from './family.ts';
import { acrossTargetGroups, requestsPerMinute, requestsPolicy } from './tracking.ts';

const daySeconds = 86_400;

/** Target tracking, under a minimum that is forecast for each hour. */
export const predictive: Family = {
  label: 'predictive scaling, with target tracking on requests',
  reads: ['utilisation', 'scaleOutCooldownSeconds', 'scaleInCooldownSeconds'],
  absence: ({ environment, trace }) => {
    if (computeFacts(environment).fleet === 'service')
      return 'the version of the AWS provider that is deployed with knows it for EC2 Auto Scaling groups alone';
    return trace.requestsPerSecond.length * trace.stepSeconds < 3 * daySeconds
      ? 'the part of the trace that is fitted has less than 3 days, and a forecast needs one of history'
      : null;
  },
  policies: (genes, subject) => [
    requestsPolicy(genes, subject),
    {
      type: 'predictive',
      name: 'forecast',
      mode: 'ForecastAndScale',
      metric: {
        kind: 'requests-per-target',
        requestsPerTargetPerMinute: requestsPerMinute(subject, genes.utilisation),
        ...(acrossTargetGroups(subject) ? { acrossTargetGroups: true } : {}),
      },
    },
  ],
};
