import type { HealthCheck } from './health-check.ts';
import type { RequestHead } from '../http/request-head.ts';
import type { ResponseSink } from '../http/response-sink.ts';
import { TargetConnection } from '../http/target-connection.ts';
import type { FaultCosts, LossKind } from '../fault-costs.ts';
import { type Outage, type Unreachable, unreachable } from './outage.ts';
import { type TargetHealth, registeredHealth } from './target-health.ts';

/** What a target group is told of a target. */
export interface TargetDescription {
  /** Unique in the group for as long as the target is registered or draining. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly availabilityZone: string;
}

/** Hears of connections to targets. */
export interface ConnectionCounter {
  connectionOpened(): void;
  connectionClosed(): void;
}

/** Says which target takes a request; undefined when there is none. */
export interface TargetChooser {
  choose(request: RequestHead): Target | undefined;
}

/** An Application Load Balancer waits this long for a connection to a target, wall time. */
const connectTimeoutMs = 10_000;

/** A registered target: its health, its requests in flight and its keep-alive connections. */
export class Target {
  #description: TargetDescription;
  readonly #idleTimeoutMs: number;
  /** The most recently used last: it is taken first, so that connections a lull has made superfluous time out. */
  readonly #idle: TargetConnection[] = [];
  readonly #connections = new Set<TargetConnection>();
  health: TargetHealth = registeredHealth;
  healthCheck: HealthCheck | undefined;
  slowStartedAt: number | undefined;
  requestsInFlight = 0;
  weight = 1;
  readonly outcomes = { answers: 0, errors: 0 };
  readonly #counter: ConnectionCounter | undefined;
  readonly #costs: FaultCosts | undefined;
  #outage: Outage | undefined;
  #isOpen = true;

  constructor(
    description: TargetDescription,
    options: {
      readonly idleTimeoutMs: number;
      readonly connections?: ConnectionCounter | undefined;
      readonly costs?: FaultCosts | undefined;
    },
  ) {
    this.#description = description;
    this.#idleTimeoutMs = options.idleTimeoutMs;
    this.#counter = options.connections;
    this.#costs = options.costs;
  }

  /** What a connection to it meets; undefined while it lives. */
  get unreachable(): Unreachable | undefined {
    return unreachable(this.#outage);
  }

  get description(): TargetDescription {
    return this.#description;
  }

  get id(): string {
    return this.#description.id;
  }

  get host(): string {
    return this.#description.host;
  }

  get port(): number {
    return this.#description.port;
  }

  /** Takes requests elsewhere from now on; its health stays what its checks made it. */
  relocate({ host, port }: Pick<TargetDescription, 'host' | 'port'>): void {
    this.#outage = undefined;
    this.#description = { ...this.#description, host, port };
    for (const connection of this.#idle.splice(0)) connection.destroy();
  }

  /**
   * It answers nothing any more, and stays in rotation until its health checks have failed or it is deregistered. The first
   * outage stays. Connections meet what the outage makes of them.
   */
  lose(outage: Outage): void {
    if (this.#outage !== undefined) return;
    this.#outage = outage;
    this.#costs?.targetDied(outage);
    if (this.unreachable === 'silent') for (const connection of this.#connections) connection.silence();
    else for (const connection of this.#idle.splice(0)) connection.destroy();
  }

  /** A request was lost here; counted where the target is dead. */
  noteLoss(kind: LossKind): void {
    if (this.#outage !== undefined) this.#costs?.lost(this.#outage, kind);
  }

  /** A connection for one exchange, which counts as in flight until the connection is free again. */
  begin(sink: ResponseSink, request: Pick<RequestHead, 'method' | 'upgrade'>): TargetConnection {
    const connection = this.#takeIdle() ?? this.#connect();
    this.requestsInFlight++;
    connection.begin(sink, request);
    return connection;
  }

  /** A request has come to its end here: with an answer, with a 5xx, or with none. */
  noteOutcome(isError: boolean): void {
    this.outcomes.answers++;
    if (isError) this.outcomes.errors++;
  }

  /** Closes idle connections now and the others after their exchange. */
  retire(): void {
    this.#isOpen = false;
    for (const connection of this.#idle.splice(0)) connection.destroy();
  }

  /** Ends what is still in flight, connections that carry another protocol among it: the deregistration delay is over. */
  cut(): void {
    for (const connection of [...this.#connections]) connection.fail('deregistered');
  }

  /** Cuts every connection. */
  destroy(): void {
    this.retire();
    for (const connection of [...this.#connections]) connection.destroy();
  }

  /**
   * A connection that the target has closed is seen as such here if the close has been read. One that closes between this
   * moment and the request’s arrival costs the request: like an Application Load Balancer, this one never sends a request twice,
   * and a target that is stopped in order is out of rotation, without requests, before it closes anything.
   */
  #takeIdle(): TargetConnection | undefined {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (connection.isUsable) return connection;
      connection.destroy();
    }
    return undefined;
  }

  #connect(): TargetConnection {
    const connection = new TargetConnection({
      host: this.host,
      port: this.port,
      idleTimeoutMs: this.#idleTimeoutMs,
      connectTimeoutMs,
      unreachable: this.unreachable,
      onFree: (freed, reusable) => this.#free(freed, reusable),
      onIdleClosed: (closed) => this.#forget(closed),
    });
    this.#connections.add(connection);
    this.#counter?.connectionOpened();
    return connection;
  }

  #free(connection: TargetConnection, reusable: boolean): void {
    this.requestsInFlight--;
    if (!reusable) this.#drop(connection);
    else if (this.#isOpen) this.#idle.push(connection);
    else connection.destroy();
  }

  #drop(connection: TargetConnection): void {
    if (this.#connections.delete(connection)) this.#counter?.connectionClosed();
  }

  #forget(connection: TargetConnection): void {
    this.#drop(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
  }
}
