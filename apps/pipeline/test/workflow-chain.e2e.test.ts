import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findExecutable } from '../src/process/find-executable.ts';
import { type Job, orderedJobs, readWorkflow, workspaceRoot } from './workflow.ts';

const missing = ['terraform', 'moto_server'].filter(
  (tool) => findExecutable(tool, process.env.PATH ?? '') === undefined,
);
const engine = ['docker', 'podman', 'buildah'].find((name) => spawnSync(name, ['info']).status === 0);

const why =
  missing.length > 0 ? ` (missing: ${missing.join(', ')}; docs/deploying.md tells how to get them)` : '';
const how =
  engine === undefined
    ? 'no container engine works here: image build and push are stubbed'
    : `with ${engine}`;
const minutes = 60_000;

(missing.length > 0 ? describe.skip : describe)(
  `the workflows, job by job, against the emulator, ${how}${why}`,
  () => {
    const processes: ChildProcess[] = [];
    let folder = '';
    let variables: Record<string, string> = {};

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'tideline-workflows-'));
      // Tasks do not run in moto: it is told to report the two that the preset wants.
      const emulator = start(['--import', 'tsx', 'libs/aws-emulator/src/main.ts', '--json'], {
        MOTO_ECS_SERVICE_RUNNING: '2',
      });
      const account = JSON.parse(await firstLine(emulator)) as Record<string, string>;
      // No balancer answers in moto either: the smoke test asks the bundled backend, here.
      const api = start(['dist/apps/api/main.mjs'], { HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0' });
      const { port } = JSON.parse(await firstLine(api)) as { port: number };
      processes.push(emulator, api);
      variables = {
        ...account,
        PATH:
          engine === undefined ? [await stubEngine(), process.env.PATH].join(delimiter) : process.env.PATH!,
        CDKTF_OUTDIR: join(folder, 'out'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        GITHUB_REPOSITORY: 'acme/shop',
        SMOKE_URL: `http://127.0.0.1:${port}`,
        // An environment of its own, so that nothing of the user’s is mistaken for it.
        TIDELINE_STAGE: 'e2e',
      };
      const { status, output } = await shell('npm run pipeline -- bootstrap --preset load-driven');
      expect({ status, output }).toMatchObject({ status: 0 });
    }, 8 * minutes);

    afterAll(async () => {
      for (const child of processes.reverse()) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    });

    test(
      'init ends with a steady service',
      async () => {
        await runWorkflow('init');
        expect(await status()).toMatchObject({
          service: { name: 'tideline-e2e-api', running: 2, desired: 2, rollout: 'steady' },
        });
      },
      12 * minutes,
    );

    test(
      'deploy of the same inputs builds nothing and makes no task definition',
      async () => {
        const before = await status();
        await runWorkflow('deploy');
        expect(await summary()).toMatch(/\| image \| skipped \|/);
        expect(await summary()).toMatch(/\| service \| done \| [\d.]+ \| nothing to change \|/);
        expect((await status()).service).toEqual(before.service);
      },
      10 * minutes,
    );

    test(
      'destroy with another name touches nothing',
      async () => {
        const [first] = orderedJobs(readWorkflow('destroy'));
        expect(await runJob(first!, { name: 'production' })).toMatchObject({ status: 2 });
        expect((await status()).service).not.toBeNull();
      },
      2 * minutes,
    );

    test(
      'destroy leaves the state and nothing else',
      async () => {
        await runWorkflow('destroy', { name: 'tideline-e2e' });
        const { stacks } = await status();
        expect(stacks.filter(({ resources }) => resources > 0).map(({ stack }) => stack)).toEqual(['state']);
      },
      10 * minutes,
    );

    interface Status {
      readonly service: unknown;
      readonly stacks: readonly { readonly stack: string; readonly resources: number }[];
    }

    async function status(): Promise<Status> {
      const { output } = await shell('npm run --silent pipeline -- status --preset load-driven --json');
      return JSON.parse(output.split('\n').findLast((line) => line.startsWith('{')) ?? '') as Status;
    }

    const summary = (): Promise<string> => readFile(variables.GITHUB_STEP_SUMMARY ?? '', 'utf8');

    async function runWorkflow(name: string, inputs: Record<string, string> = {}): Promise<void> {
      await writeFile(variables.GITHUB_STEP_SUMMARY ?? '', '');
      for (const job of orderedJobs(readWorkflow(name))) {
        const { status, output } = await runJob(job, inputs);
        expect({ job: job.id, status, output }).toMatchObject({ status: 0 });
      }
    }

    /** Runs the run lines of the called workflow with the inputs of the job that calls it, as GitHub would. */
    async function runJob(job: Job, inputs: Record<string, string>): Promise<Ended> {
      const values = { preset: 'load-driven', environment: 'e2e', ...inputs };
      const passed = Object.fromEntries(
        Object.entries(job.with).map(([name, value]) => [name, expression(String(value), values)]),
      );
      let ended: Ended = { status: 0, output: '' };
      for (const { run, env } of readWorkflow('steps').jobs.run!.steps) {
        if (run === undefined || ended.status !== 0) continue;
        const own = Object.entries(env)
          .filter(([, value]) => value.includes('inputs.'))
          .map(([name, value]) => [name, expression(value, passed)]);
        ended = await shell(run, Object.fromEntries(own) as Record<string, string>);
      }
      return ended;
    }

    interface Ended {
      readonly status: number;
      readonly output: string;
    }

    async function shell(line: string, more: Record<string, string> = {}): Promise<Ended> {
      const child = spawn('bash', ['-e', '-c', line], {
        cwd: workspaceRoot,
        env: { ...process.env, ...variables, ...more },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output += text));
      const [exitCode] = (await once(child, 'close')) as [number];
      return { status: exitCode, output };
    }

    function start(args: readonly string[], more: Record<string, string>): ChildProcess {
      return spawn(process.execPath, args, {
        cwd: workspaceRoot,
        env: { ...process.env, ...more },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    }

    async function firstLine(child: ChildProcess): Promise<string> {
      const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
      return line;
    }

    /** A folder with a `docker` that registers what is pushed, and builds nothing. */
    async function stubEngine(): Promise<string> {
      const file = join(folder, 'docker');
      const script = join(import.meta.dirname, 'stub-engine.ts');
      await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' --import tsx '${script}' "$@"\n`);
      await chmod(file, 0o755);
      return folder;
    }
  },
);

/** The value of `${{ inputs.x }}`, and of an expression that falls back on a literal. */
function expression(text: string, values: Readonly<Record<string, string>>): string {
  const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1];
  if (input !== undefined) return values[input] ?? '';
  return /^\$\{\{ vars\.\w+ \|\| '([^']+)' \}\}$/.exec(text)?.[1] ?? text;
}
