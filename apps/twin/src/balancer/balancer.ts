import type { Environment } from '@tideline/config';
import type { Clock } from '../clock/clock.ts';
import type { Entry } from './entry.ts';
import type { BalancerEvent } from './events.ts';
import type { FaultCost } from '@tideline/evidence';
import { FaultCosts } from './fault-costs.ts';
import type { Outage } from './targets/outage.ts';
import type { HostAnomalies } from './targets/anomaly-mitigation.ts';
import { httpProbe } from './targets/http-probe.ts';
import { Listener, defaultMaxConnections } from './listener.ts';
import { type BalancerMetrics, MetricsRecorder, metricsBetween } from './metrics.ts';
import type { TargetDescription } from './targets/target.ts';
import { TargetGroup, type TargetView } from './targets/target-group.ts';

export interface BalancerOptions {
  readonly loadBalancer: Environment['loadBalancer'];
  readonly healthCheck: Environment['healthCheck'];
  readonly assumptions: Environment['assumptions'];
  readonly clock: Clock;
  /** Prefix of the health check’s path. @default '' */
  readonly basePath?: string;
  /** Statuses by which a health check succeeds. @default 200 alone */
  readonly succeeds?: (status: number) => boolean;
  /** Hears of target states and of requests that failed. @default nobody does */
  readonly onEvent?: (event: BalancerEvent) => void;
  /** Stands in front of the balancer. @default nothing does */
  readonly entry?: Entry | undefined;
  /** Client connections beyond this many are closed on arrival and counted as rejected. @default 10 000 */
  readonly maxConnections?: number;
}

/** An Application Load Balancer with one HTTP listener and one target group, in this process. */
export interface Balancer {
  /** @param address port 0 takes a free one. @throws ListenError when it cannot listen there */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ readonly port: number }>;
  /** Stops accepting, checking and forwarding; ends every connection. */
  close(): Promise<void>;
  /** Adds a target in state `initial`; its first health check begins at once. @throws Error when the id is taken */
  register(target: TargetDescription): void;
  /** The application behind a target listens elsewhere from now on. An unknown id is no error. */
  relocate(id: string, endpoint: Pick<TargetDescription, 'host' | 'port'>): void;
  /** A target has died: it answers nothing any more, and the balancer has yet to notice. An unknown id is no error. */
  lose(id: string, outage: Outage): void;
  /** What dead targets have cost since the start. */
  faultCosts(): FaultCost[];
  /** Resolves when the target’s requests in flight are done, or the deregistration delay is over. */
  deregister(id: string): Promise<void>;
  targets(): readonly TargetView[];
  /** Null where the description has no anomaly mitigation. */
  anomalies(): HostAnomalies | null;
  /** What happened since the last call, or since the start. */
  takeMetrics(): BalancerMetrics;
  /** What happened since the start; `metricsBetween` tells two snapshots apart. */
  snapshot(): BalancerMetrics;
}

export function createBalancer(options: BalancerOptions): Balancer {
  const { loadBalancer, healthCheck, clock, basePath = '', maxConnections = defaultMaxConnections } = options;
  const onEvent = options.onEvent ?? (() => undefined);
  const metrics = new MetricsRecorder();
  const costs = new FaultCosts();
  const group = new TargetGroup({
    loadBalancer,
    healthCheck,
    assumptions: options.assumptions,
    clock,
    basePath,
    succeeds: options.succeeds,
    probe: httpProbe,
    onEvent,
    connections: metrics,
    costs,
  });
  let taken = metrics.snapshot();
  const listener = new Listener({ ...options, maxConnections, chooser: group, metrics, onEvent });

  return {
    listen: (address) => listener.listen(address),
    close: async () => {
      listener.endConnections();
      group.close();
      await listener.close();
    },
    register: (target) => group.register(target),
    relocate: (id, endpoint) => group.relocate(id, endpoint),
    lose: (id, outage) => group.lose(id, outage),
    faultCosts: () => costs.all(),
    deregister: (id) => group.deregister(id),
    targets: () => group.targets(),
    anomalies: () => group.anomalies(),
    takeMetrics: () => {
      const now = metrics.snapshot();
      const delta = metricsBetween(taken, now);
      taken = now;
      return delta;
    },
    snapshot: () => metrics.snapshot(),
  };
}
