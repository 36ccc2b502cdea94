import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { listenError } from './listen-error.ts';

export interface ListenerOptions {
  readonly maxConnections: number;
  readonly onConnection: (socket: Socket) => void;
  readonly onRejected: () => void;
}

/** Accepts connections. Nothing else depends on how they come in. */
export class Listener {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #onRejected: () => void;

  constructor({ maxConnections, onConnection, onRejected }: ListenerOptions) {
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      onConnection(socket);
    });
    this.#onRejected = onRejected;
    this.#server.maxConnections = maxConnections;
    this.#server.on('drop', onRejected);
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
        this.#server.on('error', this.#onRejected);
        resolve({ port: (this.#server.address() as AddressInfo).port });
      });
    });
  }

  /** Stops accepting and ends every connection. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}
