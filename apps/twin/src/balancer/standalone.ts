import { resolveEnvironment } from '@tideline/config';
import { CloudClock } from '../clock/cloud-clock.ts';
import { type Balancer, createBalancer } from './balancer.ts';

export interface StandaloneBalancer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly balancer: Balancer;
  close(): Promise<void>;
}

/**
 * Runs the balancer alone, in real time, in front of targets that are running already: for benchmarks, and for use by itself.
 * Targets that are not HTTP URLs with host and port throw a TypeError.
 * @throws ListenError when the port is taken
 */
export async function runStandaloneBalancer(options: {
  /** 0 takes a free one. */
  readonly port: number;
  /** For instance `http://127.0.0.1:1234`. */
  readonly targets: readonly string[];
  /** Path of the health check. @default '/' */
  readonly healthCheckPath?: string;
}): Promise<StandaloneBalancer> {
  const { loadBalancer, healthCheck } = resolveEnvironment({
    preset: 'standalone',
    compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
    healthCheck: { path: options.healthCheckPath ?? '/' },
  });
  const targets = options.targets.map(parseTarget);
  const clock = new CloudClock({ speed: 1 });
  const balancer = createBalancer({ loadBalancer, healthCheck, clock });
  const { port } = await balancer.listen({ host: '127.0.0.1', port: options.port });
  for (const target of targets) balancer.register(target);
  return {
    url: `http://127.0.0.1:${port}`,
    balancer,
    close: async () => {
      await balancer.close();
      clock.stop();
    },
  };
}

function parseTarget(url: string) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' || parsed.pathname !== '/')
    throw new TypeError(`target ${url}: got no plain HTTP origin; write it as http://127.0.0.1:8080`);
  return {
    id: parsed.host,
    host: parsed.hostname,
    port: parsed.port === '' ? 80 : Number(parsed.port),
    availabilityZone: 'a',
  };
}
