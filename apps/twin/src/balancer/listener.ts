import { type AddressInfo, type Server, createServer } from 'node:net';
import type { Environment } from '@tideline/config';
import type { Clock } from '../clock/clock.ts';
import type { ClientConnectionOptions } from './client-connection-options.ts';
import { ClientConnection } from './client-connection.ts';
import type { Entry } from './entry.ts';
import type { BalancerEvent } from './events.ts';
import { listenError } from './listen-error.ts';
import type { MetricsRecorder } from './metrics.ts';
import { Stickiness } from './targets/stickiness.ts';
import type { TargetChooser } from './targets/target.ts';

export const defaultMaxConnections = 10_000;

export interface ListenerOptions {
  readonly loadBalancer: Environment['loadBalancer'];
  readonly assumptions: Pick<Environment['assumptions'], 'requestHeadSeconds'>;
  readonly clock: Clock;
  /** Where its requests go. */
  readonly chooser: TargetChooser;
  readonly entry?: Entry | undefined;
  readonly metrics: MetricsRecorder;
  readonly onEvent: (event: BalancerEvent) => void;
  readonly maxConnections: number;
}

/** A listener of the balancer with the connections that it has accepted. */
export class Listener {
  readonly #server: Server;
  readonly #metrics: MetricsRecorder;
  readonly #connections = new Set<ClientConnection>();
  #port: number;

  constructor(options: ListenerOptions) {
    const { loadBalancer, clock, metrics, onEvent } = options;
    const stickiness = Stickiness.of(options);
    const { preserveHostHeader, xForwardedForProcessing } = loadBalancer;
    const forwarding = { preserveHostHeader, xForwardedForProcessing };
    const intake = {
      rules: loadBalancer,
      headTimeoutMs: options.assumptions.requestHeadSeconds * 1000,
      keepAliveMs: loadBalancer.clientKeepAliveSeconds * 1000,
      metrics,
      passesUpgrades: options.entry?.passesUpgrades ?? true,
    };
    this.#metrics = metrics;
    this.#port = loadBalancer.listenerPort;
    const idleTimeoutMs = loadBalancer.idleTimeoutSeconds * 1000;
    const onFailedRequest: ClientConnectionOptions['onFailedRequest'] = (failure) =>
      onEvent({ type: 'request-failed', cloudSeconds: clock.now(), ...failure });
    const onClosed = (connection: ClientConnection): void => {
      this.#connections.delete(connection);
      metrics.connectionClosed();
    };
    this.#server = createServer({ noDelay: true }, (socket) => {
      const listenerPort = this.#port;
      metrics.connectionOpened();
      const connection = new ClientConnection(socket, {
        chooser: options.chooser,
        entry: options.entry,
        stickiness,
        metrics,
        intake,
        arrival: {
          ...forwarding,
          clientAddress: plainAddress(socket.remoteAddress),
          listenerPort,
          // Asking the system takes a while, and hardly any request is without a Host.
          get defaultHost() {
            return `${plainAddress(socket.localAddress)}:${listenerPort}`;
          },
        },
        idleTimeoutMs,
        onFailedRequest,
        onClosed,
      });
      this.#connections.add(connection);
    });
    this.#server.maxConnections = options.maxConnections;
    this.#server.on('drop', () => metrics.connectionRejected());
  }

  /** @throws ListenError when the port is taken, not allowed or not on this machine */
  listen({
    host,
    port,
  }: {
    readonly host: string;
    readonly port: number;
  }): Promise<{ readonly port: number }> {
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => reject(listenError(error, { host, port }));
      this.#server.once('error', failed);
      this.#server.listen({ host, port, backlog: 1024 }, () => {
        this.#server.off('error', failed);
        // From here on an error means a connection that could not be accepted, for want of file descriptors for instance.
        this.#server.on('error', () => this.#metrics.connectionRejected());
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve({ port: this.#port });
      });
    });
  }

  /** Cuts every connection. */
  endConnections(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  /** Stops accepting, and cuts every connection. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.endConnections();
    });
  }
}

/** IPv4 addresses as such, also where the system reports them as IPv6. */
const plainAddress = (address: string | undefined): string =>
  address?.startsWith('::ffff:') === true ? address.slice(7) : (address ?? '');
