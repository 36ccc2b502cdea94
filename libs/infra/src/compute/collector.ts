import { type Environment, arnIn, collectorShare } from '@tideline/config';

/** The collector listens here for spans (OpenTelemetry, OTLP over HTTP). */
export const collectorPort = 4318;

/** Name of the collector’s container, by which others on the same bridge find it. */
export const collectorName = 'collector';

/**
 * What the collector of AWS’s distribution does: takes spans, keeps its memory below its limit, and hands batches to X-Ray.
 * @param address that it listens on; others than its own task must not reach it
 */
export const collectorConfiguration = (environment: Environment, address: string): string =>
  JSON.stringify({
    receivers: { otlp: { protocols: { http: { endpoint: `${address}:${collectorPort}` } } } },
    processors: {
      memory_limiter: {
        check_interval: '1s',
        limit_mib: Math.floor(collectorShare(environment).memoryMiB * 0.8),
      },
      batch: {},
    },
    exporters: { awsxray: { region: environment.region } },
    service: {
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'batch'],
          exporters: ['awsxray'],
        },
      },
    },
  });

const ownRegistry = /^((\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?)\/([^:@]+)/;

/** Host name of the ECR registry that an image comes from; undefined for an image from elsewhere. */
export const ownRegistryOf = (image: string): string | undefined => ownRegistry.exec(image)?.[1];

/** ARN of the ECR repository that an image comes from; none for an image from elsewhere. */
export function ownRepositoryArns(image: string): readonly string[] {
  const match = ownRegistry.exec(image);
  if (match === null) return [];
  const [, , account, region = '', repository] = match;
  return [arnIn(region, `ecr:${region}:${account}:repository/${repository}`)];
}
