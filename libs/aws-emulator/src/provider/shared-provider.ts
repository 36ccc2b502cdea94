import { once } from 'node:events';
import { type ServerHttp2Session } from 'node:http2';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedProvider } from './installed-provider.ts';
import { ProviderProcess } from './provider-process.ts';
import { createProviderProxy, getSchemaPath } from './provider-proxy.ts';
import { reduceSchema } from './reduce-schema.ts';

interface SharedProviderOptions {
  /** What the provider reads itself, laid over this process’s environment: endpoint, credentials, region. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Resource, data and ephemeral types in use, asked for by every command. What was named once stays, because states may
   * hold it. For another type a command ends with “does not support resource type”, or “no schema available”.
   */
  readonly types: () => Promise<ReadonlySet<string>>;
  /**
   * Folder that the provider runs in, made where it is missing. Terraform starts a provider in the stack’s own folder, by which
   * the names of files are; one that stacks share has a single folder. @default this process’s
   */
  readonly folder?: string;
}

export interface SharedProvider {
  /** With this in its environment Terraform uses the running provider, and neither installs nor starts one. */
  readonly environment: { readonly TF_REATTACH_PROVIDERS: string };
  /** Ends the provider; resolves when it is gone. */
  close(): Promise<void>;
}

/**
 * Starts the AWS provider once for many commands of Terraform, behind a proxy that gives them the schema of the types in use
 * alone. Its whole schema is 5 MB: to start the provider, send that and decode it takes nine tenths
 * of a command’s CPU time.
 *
 * The provider ends with this process, however this process ends. It takes about 640 MB. It keeps one configuration:
 * of commands that run at once with other settings, one works and the others wait. A stack that configures it twice, as one
 * with CloudFront outside us-east-1 does, would wait for itself. After a command that was interrupted
 * the next one gets a new provider, because a provider that was asked to stop never works again.
 *
 * @throws Error when the provider cannot be installed, or does not start: with its last lines
 */
export async function startSharedProvider(options: SharedProviderOptions): Promise<SharedProvider> {
  const { environment, types } = options;
  const file = await installedProvider();
  // A short name: some systems allow 104 bytes for the path of a socket, and give long ones to temporary folders.
  const folder = await mkdtemp(join(tmpdir(), 'tfp-'));
  // The provider adds AWS_CA_BUNDLE at every command, and fails when it has it already.
  const env = { ...process.env, ...environment, AWS_CA_BUNDLE: undefined, TMPDIR: folder };
  const cwd = options.folder ?? process.cwd();
  await mkdir(cwd, { recursive: true });
  const start = (): Promise<ProviderProcess> => ProviderProcess.start({ file, env, cwd });

  const running = new Set<ProviderProcess>();
  const tracked = async (): Promise<ProviderProcess> => {
    const process = await start();
    running.add(process);
    return process;
  };
  let current = tracked();
  try {
    const first = await current;
    const schema = await first.call(getSchemaPath);
    const known = new Set<string>();
    const sessions = new Set<ServerHttp2Session>();
    const proxy = createProviderProxy({
      provider: () => (current = current.then((process) => (process.isSpent ? tracked() : process), tracked)),
      schema: async () => {
        for (const type of await types()) known.add(type);
        return reduceSchema(schema, known);
      },
    });
    proxy.on('session', (session) => {
      sessions.add(session);
      session.once('close', () => sessions.delete(session));
    });
    const socket = join(folder, 'proxy');
    await once(proxy.listen(socket), 'listening');
    return {
      environment: { TF_REATTACH_PROVIDERS: reattachmentTo(socket, first) },
      close: async () => {
        const closed = once(proxy, 'close');
        proxy.close();
        for (const session of sessions) session.destroy();
        await closed;
        await current.catch(() => undefined);
        await Promise.all([...running].map((process) => process.close()));
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await Promise.all([...running].map((process) => process.close()));
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

const reattachmentTo = (socket: string, { reattachment }: ProviderProcess): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(reattachment).map(([address, details]) => [
        address,
        { ...details, Pid: process.pid, Addr: { Network: 'unix', String: socket } },
      ]),
    ),
  );
