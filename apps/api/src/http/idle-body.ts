import type { IncomingMessage } from 'node:http';

/** Looks in one limit: a body is found idle after one limit to five quarters of it. */
const looks = 4;

/** Whether a request has content, by its head (RFC 9112 6.3). */
export const hasContent = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Watches that a request’s body goes on arriving. The limit is for a pause, not for the whole, as load balancers and servers
 * have it (ALB `idle_timeout`, nginx `client_body_timeout`): a large body may take long on a slow line. What the program itself
 * does not read yet is no pause of the client’s.
 * @param limitMs longest pause, milliseconds
 * @param onIdle called once, when nothing came for that long
 */
export function watchBody(request: IncomingMessage, limitMs: number, onIdle: () => void): void {
  const { socket } = request;
  let seenBytes = socket.bytesRead;
  let quietLooks = 0;
  const timer = setInterval(() => {
    const arrived = socket.bytesRead !== seenBytes;
    seenBytes = socket.bytesRead;
    quietLooks = arrived || request.readableLength > 0 ? 0 : quietLooks + 1;
    if (request.complete || request.destroyed) clearInterval(timer);
    else if (quietLooks === looks) {
      clearInterval(timer);
      onIdle();
    }
  }, limitMs / looks);
  timer.unref();
  request.once('close', () => {
    clearInterval(timer);
  });
}
