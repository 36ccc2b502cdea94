import { once } from 'node:events';
import { type ClientHttp2Session, type IncomingHttpHeaders, connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import * as z from 'zod';
import { startGuarded } from '../guarded-process.ts';
import { decodeGrpcMessage, encodeGrpcMessage } from './grpc-message.ts';

/** Bytes that may be under way to us before we read them: the whole schema, rather than 64 KiB at a time. */
const windowBytes = 8 * 1024 * 1024;

/** How a provider started with `-debug` says where it listens, by the provider’s address. */
const reattachment = z.record(
  z.string(),
  z.looseObject({ Pid: z.number(), Addr: z.object({ Network: z.string(), String: z.string() }) }),
);
type Reattachment = z.output<typeof reattachment>;

interface ProviderCommand {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder that it runs in. */
  readonly cwd: string;
}

/** A provider that outlives the commands which use it, and ends with this process. */
export class ProviderProcess {
  readonly reattachment: Reattachment;
  readonly session: ClientHttp2Session;
  readonly #end: () => Promise<void>;
  #users = 0;
  #isSpent = false;

  private constructor(started: Pick<ProviderProcess, 'reattachment' | 'session'>, end: () => Promise<void>) {
    this.reattachment = started.reattachment;
    this.session = started.session;
    this.#end = end;
    this.session.on('error', () => this.spend());
    this.session.on('close', () => this.spend());
  }

  /** @throws Error with its last lines when the provider ends early, or says not where it listens */
  static async start({ file, env, cwd }: ProviderCommand): Promise<ProviderProcess> {
    const { ready, close } = await startGuarded({
      ...{ name: 'the provider', file, args: ['-debug'], env, cwd },
      readyLine: (line) => /TF_REATTACH_PROVIDERS='(.*)'/.exec(line)?.[1],
    });
    try {
      const where = reattachment.parse(JSON.parse(ready));
      const [{ Addr: address } = { Addr: { String: '' } }] = Object.values(where);
      const session = connectHttp2('http://provider', {
        createConnection: () => connect(address.String),
        settings: { initialWindowSize: windowBytes },
      });
      await once(session, 'connect');
      session.setLocalWindowSize(windowBytes);
      return new ProviderProcess({ reattachment: where, session }, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Serves no further command: it was asked to stop, which it never forgets, or it is gone. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  spend(): void {
    this.#isSpent = true;
    if (this.#users === 0) void this.close();
  }

  /** A command uses it until it calls what this returns. */
  use(): () => void {
    this.#users += 1;
    return () => {
      this.#users -= 1;
      if (this.#isSpent && this.#users === 0) void this.close();
    };
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.session.destroy();
    await this.#end();
  }

  /** The answer to a call without parameters. @throws Error when the provider answers with another status than OK */
  async call(path: string): Promise<Buffer> {
    const stream = this.session.request({
      ...{ ':method': 'POST', ':path': path },
      ...{ 'content-type': 'application/grpc', te: 'trailers' },
    });
    let status: unknown;
    stream.on('trailers', (trailers: IncomingHttpHeaders) => (status = trailers['grpc-status']));
    stream.end(encodeGrpcMessage(Buffer.alloc(0)));
    const answer = Buffer.concat((await stream.toArray()) as Buffer[]);
    if (status !== '0') throw new Error(`${path}: the provider answered with status ${String(status)}`);
    return decodeGrpcMessage(answer);
  }
}
