import type { Environment } from '@tideline/config';
import type { Clock } from '../clock/clock.ts';
import { ClientConnection, type TargetChooser } from './client-connection.ts';
import type { Entry } from './entry.ts';
import type { BalancerEvent } from './events.ts';
import { Listener } from './listener.ts';
import type { MetricsRecorder } from './metrics.ts';
import { Stickiness } from './targets/stickiness.ts';

export const defaultMaxConnections = 10_000;

export interface FrontOptions {
  readonly loadBalancer: Environment['loadBalancer'];
  readonly clock: Clock;
  /** Where its requests go. */
  readonly chooser: TargetChooser;
  readonly entry?: Entry | undefined;
  readonly metrics: MetricsRecorder;
  readonly onEvent: (event: BalancerEvent) => void;
  readonly maxConnections: number;
}

/** A listener of the balancer with the connections that came in by it. */
export class Front {
  readonly #listener: Listener;
  readonly #connections = new Set<ClientConnection>();
  #port: number;

  constructor(options: FrontOptions) {
    const { loadBalancer, clock, chooser, entry, metrics, onEvent, maxConnections } = options;
    const stickiness = Stickiness.of(options);
    this.#port = loadBalancer.listenerPort;
    this.#listener = new Listener({
      maxConnections,
      onRejected: () => metrics.connectionRejected(),
      onConnection: (socket) => {
        metrics.connectionOpened();
        const connection = new ClientConnection(socket, {
          chooser,
          entry,
          stickiness,
          metrics,
          arrival: {
            clientAddress: plainAddress(socket.remoteAddress),
            listenerPort: this.#port,
            defaultHost: `${plainAddress(socket.localAddress)}:${this.#port}`,
          },
          idleTimeoutMs: loadBalancer.idleTimeoutSeconds * 1000,
          onFailedRequest: (failure) =>
            onEvent({ type: 'request-failed', cloudSeconds: clock.now(), ...failure }),
        });
        this.#connections.add(connection);
        socket.on('close', () => {
          this.#connections.delete(connection);
          metrics.connectionClosed();
        });
      },
    });
  }

  /** @throws ListenError when it cannot listen there */
  async listen(address: {
    readonly host: string;
    readonly port: number;
  }): Promise<{ readonly port: number }> {
    const listening = await this.#listener.listen(address);
    this.#port = listening.port;
    return listening;
  }

  /** Cuts every connection. */
  endConnections(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  /** Stops accepting. */
  close(): Promise<void> {
    return this.#listener.close();
  }
}

/** IPv4 addresses as such, also where the system reports them as IPv6. */
const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '');
