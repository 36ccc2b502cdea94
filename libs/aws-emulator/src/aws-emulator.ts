import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { once } from 'node:events';
import { type Server } from 'node:http';
import { serve } from '@hono/node-server';
import { writeWhole } from '@tideline/process';
import { installEngine } from './container-engine/install-engine.ts';
import { emulatorEnvironment } from './emulator-environment.ts';
import { missingTools, findTool } from './find-tool.ts';
import { createGateway } from './gateway/gateway.ts';
import { httpUpstream } from './gateway/upstream.ts';
import { startMotoServer } from './moto-server.ts';
import { repairs } from './repairs/repairs.ts';
import { askMoto } from './tasks/ask-moto.ts';
import { TaskProcesses, type TaskProgram } from './tasks/task-processes.ts';
import { taskRepairs } from './tasks/task-repairs.ts';

export interface AwsEmulatorOptions {
  /** Port of the gateway on 127.0.0.1. @default a free one */
  readonly port?: number;
  /** Region that the environment names. @default us-east-1 */
  readonly region?: string;
  /**
   * Awaited before a request goes on, with its service and operation, such as `ecr CreateRepository`: a test watches
   * or holds requests by it. @default every request goes on at once
   */
  readonly beforeRequest?: (operation: string) => Promise<void> | void;
  /**
   * Programs that take the place of images, by the family of their task definition: RunTask then starts a process, with the
   * container’s command and variables. @default tasks are listed and do not run
   */
  readonly taskPrograms?: Readonly<Record<string, TaskProgram>>;
}

export interface AwsEmulator {
  /** The endpoint of every AWS service. */
  readonly url: string;
  /** What a program needs in its environment to talk to the emulator and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of the programs that stand in for real ones: a `docker` that pushes to the emulator. First on its PATH. */
  readonly programs: string;
  /** Operations that moto answered with a server error so far, such as `fis CreateExperimentTemplate`. */
  unanswered(): readonly string[];
  /** Stops the servers and removes the temporary files. Everything created in the emulator is gone. */
  close(): Promise<void>;
}

/**
 * Starts an empty AWS on 127.0.0.1: `moto_server`, behind a gateway that closes its gaps. It ends with this process,
 * however this process ends.
 *
 * @throws Error when `moto_server` is missing or does not start
 */
export async function startAwsEmulator(options: AwsEmulatorOptions = {}): Promise<AwsEmulator> {
  const { port = 0, region = 'us-east-1', beforeRequest, taskPrograms = {} } = options;
  const executable = findTool('moto_server');
  if (executable === undefined) throw new Error(missingTools(['moto_server']).join());

  const moto = await startMotoServer(executable);
  const upstream = httpUpstream(moto.url);
  const unanswered = new Set<string>();
  const ask = askMoto({ url: moto.url, region });
  const variables: Record<string, string> = {};
  const processes = new TaskProcesses({
    environment: variables,
    log: async (stream, message) => {
      const logEvents = [{ timestamp: Date.now(), message }];
      await ask('Logs_20140328.PutLogEvents', { ...stream, logEvents }, 'logs');
    },
  });
  const gateway = createGateway({
    upstream,
    repairs: [...repairs(), ...taskRepairs({ processes, programs: taskPrograms, ask })],
    onServerError: (name) => unanswered.add(name),
    beforeRequest,
  });
  const folder = await mkdtemp(join(tmpdir(), 'tideline-aws-'));
  const stop = async (): Promise<void> => {
    await processes.close();
    await upstream.close();
    await moto.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const server = serve({
      fetch: gateway.fetch,
      hostname: '127.0.0.1',
      port,
      overrideGlobalObjects: false,
    }) as Server;
    await once(server, 'listening');
    // Clients keep idle connections for 90 s; a server that hangs up first makes them fail on their next request.
    server.keepAliveTimeout = 120_000;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { environment, files } = emulatorEnvironment({ url, region, folder });
    const { TF_PLUGIN_CACHE_DIR: cache } = environment;
    if (cache !== undefined) await mkdir(cache, { recursive: true });
    for (const [file, content] of Object.entries(files)) writeWhole(file, content);
    const programs = join(folder, 'bin');
    await installEngine(programs, url);
    // Tasks start once a client knows the address, so after this.
    Object.assign(variables, environment);
    return {
      url,
      environment: { ...environment, PATH: [programs, process.env.PATH ?? ''].join(delimiter) },
      programs,
      unanswered: () => [...unanswered].sort(),
      close: async () => {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
