import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parseRunRecord } from '@tideline/evidence';
import type { OwnedRuntime, TaskProcess } from '../../src/tasks/task-runtime.ts';
import { eventually } from '../eventually.ts';
import { TwinClient, TwinProcess } from '../twin-process.ts';
import { PodmanWorkshop, missingForContainers } from '@tideline/process/testing/podman';
import { type RigOptions, runtimeOf } from './runtime-rig.ts';
import { taskRuntimeContract } from './task-runtime-contract.ts';
import { nodeServer, programFolder } from './user-program.ts';

const how =
  missingForContainers.length === 0
    ? 'run with podman'
    : `not run here: no ${missingForContainers.join(', ')}`;

(missingForContainers.length === 0 ? describe : describe.skip)(`containers, ${how}`, () => {
  let workshop: PodmanWorkshop;
  let program: Awaited<ReturnType<typeof programFolder>>;
  const dockerfile = `FROM localhost/node-of-this-machine:1
ARG COLOUR=blue
ENV OF_THE_BUILD=$COLOUR HOST_TO_LISTEN=0.0.0.0
COPY server.mjs /
CMD ["node", "/server.mjs"]
`;

  beforeAll(async () => {
    workshop = new PodmanWorkshop();
    process.env.TIDELINE_ENGINE = workshop.file;
    program = await programFolder({ 'server.mjs': nodeServer, Dockerfile: dockerfile });
    workshop.run('build', '--quiet', '--tag', 'localhost/server:1', program.folder);
  });
  afterAll(async () => {
    delete process.env.TIDELINE_ENGINE;
    workshop.close();
    await program.remove();
  });

  const container = { image: 'localhost/server:1', linux: { initProcessEnabled: false } } as const;

  taskRuntimeContract({
    name: 'a container',
    create: () => runtimeOf({ container, local: { container: true } }),
    path: '/',
    failing: { variables: { COLOUR: 'none' }, words: /^exit code 3: COLOUR none is no colour/ },
  });

  let runtime: OwnedRuntime | undefined;
  afterEach(async () => {
    await runtime?.close();
    runtime = undefined;
    await eventually(
      () => Promise.resolve(workshop.run('ps', '--all', '--quiet')),
      (ids) => ids === '',
    );
  });

  async function start(options: RigOptions): Promise<TaskProcess> {
    runtime = await runtimeOf({ ...options, local: { ...options.local, container: true } });
    return runtime.start({
      taskId: 'task-of-a-container',
      availabilityZone: 'us-east-1a',
      version: '1',
      variables: { OF_THE_DEPLOYMENT: 'yes' },
    });
  }

  test('is built as described, limited and confined, with its variables and secrets', async () => {
    const task = await start({
      container: {
        build: { context: program.folder, args: { COLOUR: 'green' } },
        port: 8080,
        environment: { A: 'container', B: 'container' },
        command: ['node', '/server.mjs', 'argument'],
        user: 'app',
        readOnlyRootFilesystem: true,
        linux: { initProcessEnabled: false, dropCapabilities: ['ALL'] },
      },
      local: { environment: { B: 'local' } },
      secrets: { KEY: 'hunter2' },
    });
    const { host, port } = await task.listening;
    const { variables } = (await (await fetch(`http://${host}:${port}/`)).json()) as {
      readonly variables: Readonly<Record<string, string>>;
    };
    expect(variables).toMatchObject({
      ...{ A: 'container', B: 'local', KEY: 'hunter2', PORT: '8080' },
      ...{ OF_THE_BUILD: 'green', OF_THE_DEPLOYMENT: 'yes' },
    });
    const [inspected] = JSON.parse(workshop.run('inspect', workshop.run('ps', '--quiet'))) as {
      readonly Config: { readonly User: string; readonly Cmd: readonly string[] };
      readonly HostConfig: {
        readonly NanoCpus: number;
        readonly CpuQuota: number;
        readonly Memory: number;
        readonly ReadonlyRootfs: boolean;
        readonly CapDrop: readonly string[];
        readonly PortBindings: Readonly<Record<string, readonly { readonly HostIp: string }[]>>;
      };
    }[];
    const { Config, HostConfig } = inspected!;
    expect(Config).toMatchObject({ User: 'app', Cmd: ['node', '/server.mjs', 'argument'] });
    expect(HostConfig).toMatchObject({ Memory: 512 * 2 ** 20, ReadonlyRootfs: true });
    expect(HostConfig.NanoCpus || HostConfig.CpuQuota * 1e4).toBe(0.25e9);
    expect(HostConfig.CapDrop.length).toBeGreaterThan(0);
    expect(HostConfig.PortBindings['8080/tcp']).toMatchObject([
      { HostIp: '127.0.0.1', HostPort: String(port) },
    ]);
    expect(runtime!.describe().cpu).toMatch(/^enforced by /);
  });

  test('of a twin are killed with it by SIGKILL, a paused one too', async () => {
    const config = { preset: 'load-driven', container: { ...container, stressRoutes: false } };
    const twin = await TwinProcess.prepared(
      {
        'tideline.config.json': JSON.stringify({
          ...config,
          local: { container: true },
          healthCheck: { path: '/' },
        }),
      },
      ['up', '--json', '--speed', '60'],
    );
    try {
      const client = await TwinClient.of(twin);
      expect((await fetch(client.url)).status).toBe(200);
      const [task] = await client.tasks();
      await client.send('POST', `/tasks/${task!.id}/freeze`);
      await eventually(
        () => Promise.resolve(workshop.run('ps', '--all', '--quiet', '--filter', 'status=paused')),
        (ids) => ids !== '',
      );
    } finally {
      await twin.remove();
    }
  });

  test('of a twin that runs under load scale out and in by their requests, and none is left', async () => {
    // 720 requests a minute: 3 tasks are what a target of 280 needs.
    const requests = { kind: 'requests-per-target', requestsPerTargetPerMinute: 280 };
    const twin = await TwinProcess.prepared(
      {
        'tideline.config.json': JSON.stringify({
          preset: 'load-driven',
          container: { ...container, stressRoutes: false },
          local: { container: true },
          healthCheck: { path: '/' },
          scaling: { policies: [{ type: 'target-tracking', name: 'requests', metric: requests }] },
        }),
        'short.json': JSON.stringify({
          name: 'short',
          stages: [{ users: 4, usersPerSecond: 4, holdSeconds: 420, requestsPerSecond: 12 }],
          endpoints: [{ path: '/' }],
        }),
      },
      [...['run', '--speed', '30', '--idle-speed', '120'], ...['--profile', 'short.json', '--out', 'out']],
    );
    try {
      await twin.exited;
      const file = join(twin.folder, 'out/latest/run-record.json');
      const record = parseRunRecord(JSON.parse(await readFile(file, 'utf8')));
      expect(record.scaling).toMatchObject({ minTasks: 2, peakRunning: 3, finalRunning: 2 });
      expect(record.load.failures.total).toBe(0);
      expect(record.runtime).toMatchObject({ kind: 'container', cpu: `enforced by ${workshop.file}` });
      expect(workshop.run('ps', '--all', '--quiet')).toBe('');
    } finally {
      await twin.remove();
    }
  });

  test('of an image that cannot be had fails with what the engine said', async () => {
    const task = await start({ container: { image: 'localhost/no-such-image:1' } });
    await expect(task.listening).rejects.toThrow(/pull ended with \d+: .*no-such-image/s);
    await task.exited;
  });
});

test('without an engine that works they are refused, with the reason', async () => {
  const engine = process.env.TIDELINE_ENGINE;
  process.env.TIDELINE_ENGINE = join('/no', 'such', 'engine');
  try {
    await expect(runtimeOf({ container: { image: 'shop:1' }, local: { container: true } })).rejects.toThrow(
      /^TL-TWIN-ENGINE local\.container: no container engine works here \(\/no\/such\/engine: not installed\)\./,
    );
  } finally {
    if (engine === undefined) delete process.env.TIDELINE_ENGINE;
    else process.env.TIDELINE_ENGINE = engine;
  }
});
