import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findExecutable } from '@tideline/process';
import { workspaceRoot } from './workflow.ts';

export interface Ended {
  readonly status: number;
  /** Both streams. */
  readonly output: string;
}

/** Programs that suites against the emulator need and this machine lacks. */
export const missingTools = ['terraform', 'moto_server'].filter(
  (tool) => findExecutable(tool, process.env.PATH ?? '') === undefined,
);

/** What of this machine decides how such a suite runs, for its title. */
export const circumstances = [
  'image builds are only recorded',
  ...(missingTools.length === 0
    ? []
    : [`missing: ${missingTools.join(', ')}; docs/how-to/try-without-an-account.md says how to get them`]),
].join('; ');

/** A server that prints one line of JSON with its port. */
interface Answering {
  readonly file: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** The bundled backend. */
const backend: Answering = {
  file: process.execPath,
  args: ['dist/apps/api/main.mjs'],
  variables: { METRICS_PORT: '0' },
};

/** An empty account in the emulator, a service that answers in the place of its balancer, and a shell to run the pipeline in. */
export class EmulatedWorkspace {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly #processes: readonly ChildProcess[];

  private constructor(
    folder: string,
    variables: Readonly<Record<string, string>>,
    processes: readonly ChildProcess[],
  ) {
    this.folder = folder;
    this.variables = variables;
    this.#processes = processes;
  }

  /** @param answering what answers in the place of the balancer; it gets HOST and PORT. @default the bundled backend */
  static async start(answering = backend): Promise<EmulatedWorkspace> {
    const folder = await mkdtemp(join(tmpdir(), 'tideline-workspace-'));
    const out = join(folder, 'out');
    const program = 'libs/aws-emulator/src/main.ts';
    // Tasks do not run in moto: it is told to report the two that the presets of rolling services want.
    const emulator = start({
      file: process.execPath,
      args: ['--import', 'tsx', program, '--json', '--shared-provider', out],
      variables: { MOTO_ECS_SERVICE_RUNNING: '2' },
    });
    const account = JSON.parse(await firstLine(emulator)) as Record<string, string>;
    // No balancer answers in moto either: the smoke test asks the service itself, here.
    const service = start({
      ...answering,
      variables: { HOST: '127.0.0.1', PORT: '0', ...answering.variables },
    });
    const { port } = JSON.parse(await firstLine(service)) as { port: number };
    const variables = {
      ...account,
      CDKTF_OUTDIR: out,
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_REPOSITORY_ID: '456789',
      GITHUB_REPOSITORY_OWNER_ID: '123456',
      // No test depends on a registry that has the base image.
      EMULATOR_IMAGES: 'recorded',
      SMOKE_URL: `http://127.0.0.1:${port}`,
      // An environment of its own, so that nothing of the user’s is mistaken for it.
      TIDELINE_STAGE: 'e2e',
    };
    return new EmulatedWorkspace(folder, variables, [emulator, service]);
  }

  async shell(line: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const child = spawn('bash', ['-e', '-c', line], {
      cwd: workspaceRoot,
      env: { ...process.env, ...this.variables, ...more },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [exitCode] = (await once(child, 'close')) as [number];
    return { status: exitCode, output };
  }

  async close(): Promise<void> {
    for (const child of this.#processes.toReversed()) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

function start({ file, args, variables }: Answering): ChildProcess {
  return spawn(file, args, {
    cwd: workspaceRoot,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the process has no standard output');
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
  return line;
}
