import type { Environment } from '@tideline/config';
import { type Clock, deadline } from '../../clock/clock.ts';
import type { TargetStateEvent } from '../events.ts';
import { HealthCheck, type Probe } from './health-check.ts';
import type { FaultCosts } from '../fault-costs.ts';
import type { RequestHead } from '../http/request-head.ts';
import type { Outage } from './outage.ts';
import { LeastOutstandingRequests, RoundRobin, type Router } from './routing.ts';
import { AnomalyMitigation, type HostAnomalies, countAnomalies, mitigate } from './anomaly-mitigation.ts';
import { Stickiness } from './stickiness.ts';
import { WeightedRandom } from './weighted-random.ts';
import { type ConnectionCounter, Target, type TargetDescription } from './target.ts';
import { type TargetHealth, drainingHealth, healthAfter, onlyOk, unusedHealth } from './target-health.ts';

export interface TargetGroupOptions {
  readonly loadBalancer: Environment['loadBalancer'];
  readonly healthCheck: Environment['healthCheck'];
  readonly assumptions: Pick<Environment['assumptions'], 'anomalyErrorPercent'>;
  readonly clock: Clock;
  /** Prefix of the health check’s path. */
  readonly basePath: string;
  /** Statuses by which a health check succeeds. @default 200 alone */
  readonly succeeds?: ((status: number) => boolean) | undefined;
  readonly probe: Probe;
  readonly onEvent: (event: TargetStateEvent) => void;
  /** @default connections to targets are not counted */
  readonly connections?: ConnectionCounter;
  /** @default what faults cost is not counted */
  readonly costs?: FaultCosts;
}

/** A target as the outside sees it. */
export interface TargetView
  extends TargetDescription, Pick<TargetHealth, 'state' | 'reason' | 'description'> {
  readonly requestsInFlight: number;
}

function createRouter(algorithm: Environment['loadBalancer']['algorithm']): Router<Target> {
  switch (algorithm) {
    case 'round_robin':
      return new RoundRobin();
    case 'least_outstanding_requests':
      return new LeastOutstandingRequests();
    case 'weighted_random':
      return new WeightedRandom(Math.random);
  }
}

interface Draining {
  readonly finished: Promise<void>;
  readonly finish: () => void;
}

/** The targets that share a port, a health check and a routing algorithm; it says which of them takes the next request. */
export class TargetGroup {
  readonly #options: TargetGroupOptions;
  readonly #targets = new Map<string, Target>();
  readonly #draining = new Map<Target, Draining>();
  readonly #router: Router<Target>;
  readonly #stickiness: Stickiness | undefined;
  readonly #mitigation: AnomalyMitigation | undefined;
  /** Targets that may take a request; changes only when a target’s state does. */
  #candidates: readonly Target[] = [];

  constructor(options: TargetGroupOptions) {
    this.#options = options;
    const { clock, loadBalancer, assumptions } = options;
    this.#router = createRouter(loadBalancer.algorithm);
    if (loadBalancer.anomalyMitigation)
      this.#mitigation = new AnomalyMitigation(clock, () =>
        mitigate(
          this.#candidates.filter(({ health }) => health.state === 'healthy'),
          assumptions.anomalyErrorPercent,
        ),
      );
    this.#stickiness = Stickiness.of(options);
  }

  /**
   * Adds a target in state `initial` and starts its health checks.
   * @throws Error when the id is taken; an id is free again once its deregistration has finished
   */
  register(description: TargetDescription): void {
    if (this.#targets.has(description.id))
      throw new Error(`target ${description.id} is registered already; deregister it first`);
    const { clock, healthCheck, loadBalancer, basePath, probe, succeeds = onlyOk } = this.#options;
    const target = new Target(description, {
      idleTimeoutMs: loadBalancer.idleTimeoutSeconds * 1000,
      connections: this.#options.connections,
      costs: this.#options.costs,
    });
    this.#targets.set(description.id, target);
    target.healthCheck = new HealthCheck({
      clock,
      settings: healthCheck,
      target,
      path: `${basePath}${healthCheck.path}`,
      probe,
      onResult: (result) =>
        this.#move(target, healthAfter(target.health, result, { ...healthCheck, succeeds })),
    });
    this.#refreshCandidates();
  }

  /** The application behind a target listens elsewhere from now on. An unknown id is no error. */
  relocate(id: string, endpoint: Pick<TargetDescription, 'host' | 'port'>): void {
    this.#targets.get(id)?.relocate(endpoint);
  }

  /**
   * A target has died. It takes its share of the requests until its health checks have failed or it is deregistered: a load
   * balancer has no other sign of it, and retries no request. An unknown id is no error.
   */
  lose(id: string, outage: Outage): void {
    this.#targets.get(id)?.lose(outage);
  }

  /**
   * Sends the target no more requests. Resolves when the deregistration delay is over: an Application Load Balancer shows the
   * target as draining until then, even when nothing is in flight any more. What is still in flight then is cut: a request gets
   * 502, and a WebSocket closes. Requests take real time whatever the clock’s speed, so that they have as much of it at least.
   * An unknown id is no error, as at AWS.
   */
  deregister(id: string): Promise<void> {
    const target = this.#targets.get(id);
    if (target === undefined) return Promise.resolve();
    return (this.#draining.get(target) ?? this.#drain(target)).finished;
  }

  /** Null where nothing is mitigated. */
  anomalies(): HostAnomalies | null {
    return this.#mitigation === undefined ? null : countAnomalies(this.#candidates);
  }

  targets(): readonly TargetView[] {
    return [...this.#targets.values()].map((target) => ({
      ...target.description,
      state: target.health.state,
      reason: target.health.reason,
      description: target.health.description,
      requestsInFlight: target.requestsInFlight,
    }));
  }

  /**
   * The target for a request: the one that its cookie names, for as long as it is in rotation, and else the one whose turn it
   * is; undefined when none is registered.
   */
  choose(request: RequestHead): Target | undefined {
    const stickyId = this.#stickiness?.targetOf(request);
    const sticky = stickyId === undefined ? undefined : this.#targets.get(stickyId);
    return sticky !== undefined && this.#candidates.includes(sticky) ? sticky : this.#chooseNext();
  }

  #chooseNext(): Target | undefined {
    const { clock, loadBalancer } = this.#options;
    const { slowStartSeconds } = loadBalancer;
    // Only slow start asks for the time, and the clock is too slow to be asked for nothing on every request.
    const now = slowStartSeconds === 0 ? 0 : clock.now();
    return this.#router.choose(this.#candidates, { now, slowStartSeconds });
  }

  /** Stops health checks and cuts every connection; deregistrations under way resolve. */
  close(): void {
    this.#mitigation?.stop();
    for (const target of this.#targets.values()) {
      target.healthCheck?.stop();
      target.destroy();
    }
    for (const { finish } of this.#draining.values()) finish();
    this.#targets.clear();
    this.#candidates = [];
  }

  #drain(target: Target): Draining {
    const { clock, loadBalancer } = this.#options;
    let resolve: () => void = () => undefined;
    const finished = new Promise<void>((settle) => (resolve = settle));
    const finish = (): void => {
      delay.cancel();
      this.#draining.delete(target);
      this.#move(target, unusedHealth);
      this.#targets.delete(target.id);
      resolve();
      if (target.requestsInFlight > 0) clock.at(cutAt, () => target.cut());
    };
    const { deregistrationDelaySeconds: seconds } = loadBalancer;
    const cutAt = deadline(clock, { cloudSeconds: seconds, floorWallSeconds: seconds });
    const delay = clock.at(clock.now() + seconds, finish);
    const draining = { finished, finish };
    this.#draining.set(target, draining);
    target.healthCheck?.stop();
    this.#move(target, drainingHealth);
    target.retire();
    return draining;
  }

  #move(target: Target, health: TargetHealth): void {
    const before = target.health;
    target.health = health;
    if (before.state === health.state) return;
    target.slowStartedAt = this.#slowStart(target);
    this.#refreshCandidates();
    this.#options.onEvent({
      type: 'target-state',
      cloudSeconds: this.#options.clock.now(),
      targetId: target.id,
      from: before.state,
      to: health.state,
      reason: health.reason,
      description: health.description,
    });
  }

  /** A target that becomes healthy starts slowly if another one can spare it: one that is healthy and takes its full share. */
  #slowStart(target: Target): number | undefined {
    const { clock, loadBalancer } = this.#options;
    if (loadBalancer.slowStartSeconds === 0 || target.health.state !== 'healthy') return undefined;
    const now = clock.now();
    const isFull = (other: Target): boolean =>
      other !== target &&
      other.health.state === 'healthy' &&
      (other.slowStartedAt === undefined || now - other.slowStartedAt >= loadBalancer.slowStartSeconds);
    return [...this.#targets.values()].some(isFull) ? now : undefined;
  }

  /** Healthy targets; where there are none, every registered one: failing open serves more clients than an empty rotation. */
  #refreshCandidates(): void {
    const registered = [...this.#targets.values()].filter(
      ({ health }) => health.state !== 'draining' && health.state !== 'unused',
    );
    const healthy = registered.filter(({ health }) => health.state === 'healthy');
    this.#candidates = healthy.length > 0 ? healthy : registered;
  }
}
