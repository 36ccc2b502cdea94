import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { OwnedRuntime, TaskProcess } from '../../src/tasks/task-runtime.ts';
import { eventually } from '../eventually.ts';
import { type RigOptions, runtimeOf } from './runtime-rig.ts';
import { marked, taskRuntimeContract } from './task-runtime-contract.ts';
import { programFolder } from './user-program.ts';

let program: Awaited<ReturnType<typeof programFolder>>;
beforeAll(async () => {
  program = await programFolder();
});
afterAll(() => program.remove());

taskRuntimeContract({
  name: 'a command',
  create: () => runtimeOf({ local: { command: ['node', 'server.mjs'], cwd: program.folder } }),
  path: '/',
  failing: { variables: { COLOUR: 'none' }, words: /^exit code 3: COLOUR none is no colour/ },
});

let runtime: OwnedRuntime | undefined;
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
});

const mark = 'of-command-tests';
async function start(
  options: RigOptions,
  variables: Readonly<Record<string, string>> = {},
): Promise<TaskProcess> {
  runtime = await runtimeOf({ ...options, local: { cwd: program.folder, ...options.local } });
  return runtime.start({
    taskId: 'task-of-a-command',
    availabilityZone: 'us-east-1a',
    version: '1',
    variables: { TIDELINE_TEST_MARK: mark, ...variables },
  });
}
const ask = async ({ listening }: TaskProcess, path = '/') => {
  const { host, port } = await listening;
  return (await (await fetch(`http://${host}:${port}${path}`)).json()) as {
    readonly pid: number;
    readonly variables: Readonly<Record<string, string>>;
  };
};
const leftOver = () =>
  eventually(
    () => marked(mark),
    (ids) => ids.length === 0,
  );

describe('the environment of a command', () => {
  test('is what the description says, the secrets, the deployment and the port, in this order', async () => {
    const task = await start(
      {
        container: { image: 'shop:1', environment: { A: 'container', B: 'container', C: 'container' } },
        local: {
          command: 'node server.mjs',
          environment: { B: 'local', C: 'local' },
          portVariable: 'LISTEN',
        },
        secrets: { KEY: 'hunter2' },
      },
      { C: 'deployment', PORT: '1' },
    );
    const { variables } = await ask(task);
    const { port } = await task.listening;
    expect(variables).toMatchObject({
      ...{ A: 'container', B: 'local', C: 'deployment', KEY: 'hunter2' },
      ...{ PORT: String(port), LISTEN: String(port), PATH: process.env.PATH },
      ECS_AGENT_URI: 'http://127.0.0.1:1/task-of-a-command',
    });
    // Nothing that only this shell has, and nothing of the backend that is shipped here.
    expect(Object.keys(variables)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(NODE_OPTIONS|SESSION_STORE|METRICS_PORT)$/)]),
    );
  });
});

test('what a program prints is heard by its task, without the secrets', async () => {
  const lines: string[] = [];
  const task = await start({
    local: { command: 'node server.mjs' },
    secrets: { KEY: 'hunter2' },
    onOutput: (taskId, line) => lines.push(`${taskId} ${line}`),
  });
  await task.listening;
  await eventually(
    () => Promise.resolve(lines),
    (heard) => heard.includes('task-of-a-command listening, with key ***'),
  );
});

test('the words of a failed start hide the secrets', async () => {
  const task = await start(
    { local: { command: 'node server.mjs' }, secrets: { KEY: 'hunter2' } },
    { COLOUR: 'none' },
  );
  await expect(task.listening).rejects.toThrow('exit code 3: COLOUR none is no colour; the key is ***');
});

test.each([
  ['a list', ['no-such-program', 'x'], /no-such-program/],
  ['a line for the shell', 'no-such-program x', /^exit code 127: .*no-such-program/],
])('a program that is missing is told, given as %s', async (_what, command, words) => {
  const task = await start({ local: { command } });
  await expect(task.listening).rejects.toThrow(words);
  await task.exited;
});

test('a request in flight is answered before a program that handles its stop signal ends', async () => {
  const lines: string[] = [];
  const task = await start({
    local: { command: 'node server.mjs; true' },
    onOutput: (_taskId, line) => lines.push(line),
  });
  const { host, port } = await task.listening;
  const answered = fetch(`http://${host}:${port}/slow`).then((answer) => answer.status);
  await eventually(
    () => Promise.resolve(lines),
    (heard) => heard.includes('asked for /slow'),
  );
  task.terminate();
  expect(await answered).toBe(200);
  await task.exited;
  await leftOver();
});

test('the stop signal is that of the description', async () => {
  const task = await start({
    local: {
      command: `trap 'echo got it; exit 7' USR1; node server.mjs & wait; sleep 30`,
      stopSignal: 'SIGUSR1',
    },
  });
  await task.listening;
  task.terminate();
  task.kill();
  expect((await task.exited).signal ?? (await task.exited).code).toBeTruthy();
  await leftOver();
});

describe('processes that a program leaves in the background', () => {
  // Job control gives each a group of its own; setsid would take them out of the session, where a cgroup still holds them.
  const command = `set -m; sleep 1000 & (sleep 1001 &) ; exec node server.mjs`;

  test.each(['terminate', 'kill'] as const)('end with it when it is told to %s', async (how) => {
    const task = await start({ local: { command } });
    await task.listening;
    expect((await marked(mark)).length).toBe(3);
    task[how]();
    if (how === 'terminate') task.kill();
    await task.exited;
    await leftOver();
  });

  test('end with it when it ends by itself', async () => {
    const task = await start({ local: { command } });
    const { pid } = await ask(task);
    process.kill(pid, 'SIGKILL');
    expect(await task.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await leftOver();
  });

  test('count as its own: memory while they run, and CPU time also when they have ended', async () => {
    const task = await start({ local: { command: 'node tree.mjs' } });
    const { host, port } = await task.listening;
    const before = (await task.usage())!;
    expect(before.memoryMiB).toBeGreaterThan(100);
    expect(before.cpuSeconds).toBeGreaterThan(0.45);
    await fetch(`http://${host}:${port}/`);
    const after = await eventually(
      async () => (await task.usage())!,
      ({ memoryMiB }) => memoryMiB < 100,
    );
    expect(after.cpuSeconds).toBeGreaterThanOrEqual(before.cpuSeconds);
  });
});

describe('readiness', () => {
  test('by the health check waits until the path answers', async () => {
    const slow = `
      import { createServer } from 'node:http';
      let asked = 0;
      createServer((_, response) => response.writeHead(++asked < 4 ? 503 : 200).end(String(asked))).listen(process.env.PORT);
    `;
    const files = await programFolder({ 'slow.mjs': slow });
    try {
      const task = await start({
        local: { command: 'node slow.mjs', cwd: files.folder, readiness: 'health-check' },
      });
      const { host, port } = await task.listening;
      expect(Number(await (await fetch(`http://${host}:${port}/`)).text())).toBe(5);
    } finally {
      await runtime!.close();
      await files.remove();
    }
  });
});

test('a folder that is missing is refused', async () => {
  await expect(start({ local: { command: 'true', cwd: '/no/such/folder' } })).rejects.toThrow(
    /^TL-TWIN-FOLDER local\.cwd: \/no\/such\/folder is no folder\./,
  );
});

test('a description without a program for one machine is refused', async () => {
  await expect(runtimeOf({ container: { image: 'shop:1' } })).rejects.toThrow(
    /^TL-TWIN-RUNTIME container\.image shop:1 .* Set local\.command .*local\.container to true/,
  );
});

describe('the CPU share', () => {
  const cpuFolder = '/sys/fs/cgroup/cpu';
  const ours = (): readonly string[] =>
    existsSync(cpuFolder)
      ? readdirSync(cpuFolder).filter((name) => name.startsWith(`tideline-twin-${process.pid}-`))
      : [];

  test('is enforced by a cgroup or measured, and the runtime says which; its groups go with it', async () => {
    const task = await start({ local: { command: 'node server.mjs' } });
    const { cpu } = runtime!.describe();
    expect(cpu).toMatch(/^(enforced by cgroup v[12]|measured, not enforced: .+)$/);
    const { pid } = await ask(task);
    if (cpu.startsWith('enforced'))
      expect(readFileSync(`/proc/${pid}/cgroup`, 'utf8')).toMatch(
        /tideline-twin-\d+-\d+\/task-of-a-command-1$/m,
      );
    if (cpu.endsWith('v1'))
      expect(
        readFileSync(join(cpuFolder, ours()[0]!, 'task-of-a-command-1', 'cpu.cfs_quota_us'), 'utf8').trim(),
      ).toBe('25000');
    await runtime!.close();
    expect(ours()).toEqual([]);
  });

  test('holds a busy program to what its task has, where it is enforced', async () => {
    const task = await start({ local: { command: 'node server.mjs' } });
    const { host, port } = await task.listening;
    const before = (await task.usage())!;
    const busy = Array.from({ length: 4 }, () => fetch(`http://${host}:${port}/?burn=150`));
    await Promise.all(busy);
    const after = await eventually(
      async () => (await task.usage())!,
      ({ readAtMs }) => readAtMs > before.readAtMs,
    );
    const cpus = (after.cpuSeconds - before.cpuSeconds) / ((after.readAtMs - before.readAtMs) / 1000);
    expect(after.cpuSeconds - before.cpuSeconds).toBeGreaterThan(0.5);
    // A quarter of a vCPU, and a period’s quota more at either end.
    if (runtime!.describe().cpu.startsWith('enforced')) expect(cpus).toBeLessThan(0.3);
  });
});
