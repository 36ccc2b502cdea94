import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { ListenError } from './listen-error.ts';

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

function listenError(
  error: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
): ListenError {
  const code = error.code ?? 'UNKNOWN';
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there; stop it, choose another port, or use 0 for a free one',
    EACCES: 'this user may not use that port; choose one above 1023, or 0 for a free one',
    EADDRNOTAVAIL: 'the address is not one of this machine’s; use 127.0.0.1',
  };
  const message = `cannot listen on ${host}:${port}: ${reasons[code] ?? error.message} (${code})`;
  return new ListenError(code, message, { cause: error });
}
