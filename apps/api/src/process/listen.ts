import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Binds and returns the port, which is the given one unless that is 0. Rejects with Node’s error, such as EADDRINUSE. */
export const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
