import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Whether the task is on its way out. One object is shared by the routes, the responses and the lifecycle. */
export class TaskState {
  #draining = false;

  get draining(): boolean {
    return this.#draining;
  }

  startDraining(): void {
    this.#draining = true;
  }
}

/** What draining needs from a server; tests pass a fake. */
export type DrainableServer = Pick<Server, 'close' | 'closeIdleConnections' | 'closeAllConnections'>;

/** Sockets that connected and have not sent a byte: Node counts them as busy, so a drain would wait for them. */
export class SilentSockets {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  close(): void {
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}

export interface DrainOptions {
  readonly silentSockets: Pick<SilentSockets, 'close'>;
  /** After this many milliseconds, what is still in flight is cut. */
  readonly deadlineMs: number;
}

const sweepIntervalMs = 50;

/**
 * Stops accepting, lets requests in flight finish, and closes sockets as they fall idle.
 * @returns 'drained', or 'cut' when the deadline passed first.
 */
export function drainServer(
  server: DrainableServer,
  { silentSockets, deadlineMs }: DrainOptions,
): Promise<'drained' | 'cut'> {
  return new Promise((resolve) => {
    let outcome: 'drained' | 'cut' = 'drained';
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      silentSockets.close();
    }, sweepIntervalMs);
    const deadline = setTimeout(() => {
      outcome = 'cut';
      server.closeAllConnections();
    }, deadlineMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(deadline);
      resolve(outcome);
    });
  });
}

/** Leaves a fifth of the stop timeout, at most 2 s, for what comes after the drain. */
export const drainDeadlineMs = (stopTimeoutSeconds: number): number =>
  stopTimeoutSeconds * 1000 - Math.min(2000, stopTimeoutSeconds * 200);
