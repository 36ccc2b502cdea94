import type { AwsTraceSource } from '@tideline/planner';

/** `--from aws` by the AWS SDK, which is large, so it is loaded where it is asked for. */
export const awsTraceSource: AwsTraceSource = {
  openReads: async (region) => {
    const { sdkMetricReads } = await import('./sdk-metric-reads.ts');
    return sdkMetricReads(region);
  },
  now: () => new Date(),
};
