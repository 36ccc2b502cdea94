import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections (Linux from 32768, others from 49152): none of ours takes one of these. */
const range = { from: 15_000, to: 32_000 } as const;
const mostTries = 200;

/** Ports of the loopback interface that a program is told to listen on. A port is given out again only when it is given back. */
export class FreePorts {
  readonly #taken = new Set<number>();

  /** @throws Error where none is free */
  async take(): Promise<number> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const port = randomInt(range.from, range.to);
      if (this.#taken.has(port)) continue;
      this.#taken.add(port);
      if (await isFree(port)) return port;
      this.#taken.delete(port);
    }
    throw new Error(`no free port between ${range.from} and ${range.to} of 127.0.0.1 was found`);
  }

  giveBack(port: number): void {
    this.#taken.delete(port);
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
