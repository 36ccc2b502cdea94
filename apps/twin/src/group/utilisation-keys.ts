import { metricKey } from '@tideline/config';

/** Metrics of a group’s instances, averaged over the group; EC2 knows nothing of their memory. */
export const groupUtilisationKeys = {
  cpu: metricKey({
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    dimensions: {},
    statistic: 'Average',
  }),
  memory: null,
};
