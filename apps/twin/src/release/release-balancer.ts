import type { Balancer, BalancerOptions } from '../balancer/balancer.ts';
import type { BalancerEvent } from '../balancer/events.ts';
import { FaultCosts } from '../balancer/fault-costs.ts';
import { Listener, defaultMaxConnections } from '../balancer/listener.ts';
import { httpProbe } from '../balancer/targets/http-probe.ts';
import { MetricsRecorder } from '../balancer/metrics.ts';
import { TargetGroup } from '../balancer/targets/target-group.ts';
import { ChosenTargetGroups, type TargetGroupColour, TrafficSwitch } from './traffic-switch.ts';
import { RequestOutcomes } from './request-outcomes.ts';
import type { TargetGroupTraffic } from './target-group-traffic.ts';
import type { VersionLedger } from './version-ledger.ts';

export interface ReleaseBalancerOptions extends BalancerOptions {
  /** Chance of weighted forwarding. */
  readonly random: () => number;
}

/** Two target groups behind a production listener that shares the requests out between them, and a test listener. */
export interface ReleaseBalancer extends Pick<
  Balancer,
  'close' | 'targets' | 'anomalies' | 'snapshot' | 'faultCosts'
> {
  /** @param address of the production listener; the test listener takes a free port. @throws ListenError */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ readonly port: number }>;
  readonly groups: Readonly<Record<TargetGroupColour, TargetGroup>>;
  readonly traffic: TrafficSwitch;
  /** What became of each group’s requests, for the alarms of a release. */
  readonly answers: Readonly<Record<TargetGroupColour, TargetGroupTraffic>>;
  readonly ledger: VersionLedger;
  /** Leads the test listener to a group. */
  testWith(colour: TargetGroupColour): void;
  /** Where the test listener listens; its requests are counted neither in the metrics, nor in the ledger, nor in what faults cost. */
  readonly testListener: { readonly host: string; readonly port: number };
}

export function createReleaseBalancer(options: ReleaseBalancerOptions): ReleaseBalancer {
  const { loadBalancer, healthCheck, assumptions, clock, basePath = '', random } = options;
  const onEvent = (event: BalancerEvent): void => options.onEvent?.(event);
  const chosen = new ChosenTargetGroups();
  const outcomes = new RequestOutcomes(chosen);
  const metrics = new MetricsRecorder((targetId, status, responseTimeMs) =>
    outcomes.answered(targetId, status, responseTimeMs),
  );
  const costs = new FaultCosts();
  const group = (): TargetGroup =>
    new TargetGroup({
      loadBalancer,
      healthCheck,
      assumptions,
      clock,
      basePath,
      succeeds: options.succeeds,
      probe: httpProbe,
      onEvent,
      connections: metrics,
      costs,
    });
  const groups = { blue: group(), green: group() };
  const traffic = new TrafficSwitch({
    groups: { blue: chosen.watch('blue', groups.blue), green: chosen.watch('green', groups.green) },
    random,
  });
  const common = {
    loadBalancer,
    assumptions,
    clock,
    maxConnections: options.maxConnections ?? defaultMaxConnections,
  };
  const production = new Listener({
    ...common,
    chooser: traffic,
    entry: options.entry,
    metrics,
    onEvent: (event) => {
      if (event.type === 'request-failed') outcomes.failed(event);
      onEvent(event);
    },
  });
  let tested: TargetGroupColour = 'blue';
  const test = new Listener({
    ...common,
    chooser: { choose: (request) => groups[tested].choose(request) },
    metrics: new MetricsRecorder(undefined, false),
    onEvent: () => undefined,
  });
  let testListener = { host: '127.0.0.1', port: 0 };

  return {
    listen: async (address) => {
      const listening = await production.listen(address);
      testListener = { host: address.host, ...(await test.listen({ host: address.host, port: 0 })) };
      return listening;
    },
    close: async () => {
      production.endConnections();
      test.endConnections();
      groups.blue.close();
      groups.green.close();
      await Promise.all([production.close(), test.close()]);
    },
    targets: () => [...groups.blue.targets(), ...groups.green.targets()],
    anomalies: () => {
      const [blue, green] = [groups.blue.anomalies(), groups.green.anomalies()];
      if (blue === null || green === null) return null;
      return {
        anomalous: blue.anomalous + green.anomalous,
        mitigated: blue.mitigated + green.mitigated,
      };
    },
    snapshot: () => metrics.snapshot(),
    faultCosts: () => costs.all(),
    groups,
    traffic,
    answers: outcomes.byGroup,
    ledger: outcomes.byVersion,
    testWith: (colour) => {
      tested = colour;
    },
    get testListener() {
      return testListener;
    },
  };
}
