import { metricKey } from '@tideline/config';

const key = (metricName: string): string =>
  metricKey({ namespace: 'AWS/ECS', metricName, dimensions: {}, statistic: 'Average' });

/** Metrics of an ECS service. */
export const serviceUtilisationKeys = { cpu: key('CPUUtilization'), memory: key('MemoryUtilization') };
