import { serve } from '@hono/node-server';
import type { Server } from 'node:http';
import type { Hono } from 'hono';
import { listenError } from '../balancer/listen-error.ts';

export interface LoopbackServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves on the loopback interface. @param port 0 picks a free one @throws ListenError */
export const listenLoopback = ({ fetch }: Pick<Hono, 'fetch'>, port: number): Promise<LoopbackServer> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port }, (address) =>
      resolve({ url: `http://127.0.0.1:${address.port}`, close: () => close(server as Server) }),
    );
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(listenError(error, { host: '127.0.0.1', port })),
    );
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
