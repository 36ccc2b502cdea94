import { resolveEnvironment } from '@tideline/config';
import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, Agent, createServer, request } from 'node:http';
import {
  type AddressInfo,
  type Server,
  type Socket,
  connect,
  createServer as createTcpServer,
} from 'node:net';
import { type Balancer, createBalancer } from '../src/balancer/balancer.ts';
import type { BalancerEvent } from '../src/balancer/events.ts';
import type { TargetState } from '../src/balancer/targets/target-health.ts';
import { ScaledClock } from '../src/clock/scaled-clock.ts';

const host = '127.0.0.1';
const defaults = resolveEnvironment({
  preset: 'test',
  compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
});

/** A balancer and its targets on free ports of this machine, all closed by `close`. */
export class Rig {
  readonly balancer: Balancer;
  readonly events: BalancerEvent[] = [];
  readonly #clock: ScaledClock;
  readonly #listeners = new Set<() => void>();
  readonly #closers: (() => Promise<void>)[] = [];
  port = 0;

  constructor(options: {
    readonly speed?: number;
    readonly maxConnections?: number;
    readonly loadBalancer?: Partial<typeof defaults.loadBalancer>;
    readonly healthCheck?: Partial<typeof defaults.healthCheck>;
    readonly assumptions?: Partial<typeof defaults.assumptions>;
  }) {
    this.#clock = new ScaledClock({ speed: options.speed ?? 1 });
    this.balancer = createBalancer({
      loadBalancer: { ...defaults.loadBalancer, ...options.loadBalancer },
      healthCheck: { ...defaults.healthCheck, ...options.healthCheck },
      assumptions: { ...defaults.assumptions, ...options.assumptions },
      clock: this.#clock,
      ...(options.maxConnections === undefined ? {} : { maxConnections: options.maxConnections }),
      onEvent: (event) => {
        this.events.push(event);
        for (const listener of this.#listeners) listener();
      },
    });
  }

  async start(): Promise<this> {
    ({ port: this.port } = await this.balancer.listen({ host, port: 0 }));
    return this;
  }

  /** Resolves when the condition holds; it is looked at after every event of the balancer. */
  when(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  stateOf(id: string): TargetState | undefined {
    return this.balancer.targets().find((target) => target.id === id)?.state;
  }

  /** Registers a target and waits until it is healthy. */
  async register(id: string, port: number): Promise<void> {
    this.balancer.register({ id, host, port, availabilityZone: 'a' });
    await this.when(() => this.stateOf(id) === 'healthy');
  }

  /** A well-behaved target; health checks are answered for it. */
  async target(id: string, listener: RequestListener) {
    let connections = 0;
    const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
      if (incoming.url === '/health') response.end('ok');
      else listener(incoming, response);
    });
    server.on('connection', () => connections++);
    const port = await this.#listen(server, () => server.closeAllConnections());
    await this.register(id, port);
    // The health check came on a connection of its own.
    return { port, server, connections: () => connections - 1 };
  }

  /** A target that does with its connection whatever it likes, once a request has come on it. */
  async rawTarget(id: string, serve: (socket: Socket) => unknown, isHealthy = (): boolean => true) {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => undefined);
      socket.once('data', (chunk: Buffer) => {
        if (!chunk.toString('latin1').startsWith('GET /health ')) serve(socket);
        else socket.end(`HTTP/1.1 ${isHealthy() ? 200 : 500} Checked\r\nContent-Length: 0\r\n\r\n`);
      });
    });
    const port = await this.#listen(server, () => sockets.forEach((socket) => socket.destroy()));
    await this.register(id, port);
    return { port, server };
  }

  /** Sends bytes on a connection of their own; resolves with all that comes back until it closes, or `until` is satisfied. */
  talk(bytes: string | readonly (string | Buffer)[], until?: (received: string) => boolean): Promise<string> {
    return new Promise((resolve) => {
      let received = '';
      const socket = connect({ port: this.port, host, noDelay: true });
      for (const piece of typeof bytes === 'string' ? [bytes] : bytes) socket.write(piece);
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString('latin1');
        if (until?.(received) === true) socket.destroy();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(received));
    });
  }

  /** A connection of a client’s own. */
  async connect(): Promise<Socket> {
    const socket = connect({ port: this.port, host, noDelay: true });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  async close(): Promise<void> {
    await this.balancer.close();
    this.#clock.stop();
    for (const close of this.#closers) await close();
  }

  async #listen(server: Server, cut: () => void): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    this.#closers.push(
      () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          cut();
        }),
    );
    return (server.address() as AddressInfo).port;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** One request by Node’s own client. Rejects when the connection breaks off before the answer is complete. */
export function send(
  port: number,
  options: {
    readonly path?: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Buffer | string;
    readonly agent?: Agent;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { body, agent = false, ...rest } = options;
    const outgoing = request({ host, port, agent, ...rest }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Clients that send one request after the other on kept connections until told to stop. */
export function startLoad(port: number, clients: number, path = '/') {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const answers: (number | string)[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let isRunning = true;
  const loops = Array.from({ length: clients }, async () => {
    while (isRunning) {
      const outcome = await send(port, { agent, path }).catch((error: unknown) => String(error));
      answers.push(typeof outcome === 'string' ? outcome : outcome.status);
      for (const { count, resolve } of waiting) if (answers.length >= count) resolve();
    }
  });
  return {
    answers,
    /** Resolves when so many requests have been answered or have failed. */
    whenAnswered: (count: number) => new Promise<void>((resolve) => waiting.push({ count, resolve })),
    stop: async () => {
      isRunning = false;
      await Promise.all(loops);
      agent.destroy();
    },
  };
}
