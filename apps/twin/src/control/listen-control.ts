import { serve } from '@hono/node-server';
import type { Server } from 'node:http';
import { listenError } from '../balancer/listen-error.ts';
import type { Twin } from '../twin.ts';
import { createControlApi } from './control-api.ts';

export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the control API on the loopback interface. @throws ListenError */
export async function listenControl(twin: Twin, port: number): Promise<ControlServer> {
  const { fetch } = createControlApi(twin);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port }, (address) =>
      resolve({ url: `http://127.0.0.1:${address.port}`, close: () => close(server as Server) }),
    );
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(listenError(error, { host: '127.0.0.1', port })),
    );
  });
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
