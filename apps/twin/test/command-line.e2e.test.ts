import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.ts';
import { TwinClient, TwinProcess } from './twin-process.ts';

let twin: TwinProcess | undefined;

afterEach(async () => {
  await twin?.remove();
  twin = undefined;
});

describe('a mistake', () => {
  let server: Server;
  let takenPort = '';

  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    takenPort = String((server.address() as AddressInfo).port);
  });

  afterAll(() => {
    server.close();
  });

  test.each([
    { args: ['up', '--port', 'TAKEN'], message: /another program listens there/ },
    {
      args: ['up', '--control-port', 'TAKEN'],
      message: /cannot listen on 127\.0\.0\.1:\d+: another program listens there/,
    },
    { args: ['run', '--port', 'TAKEN'], message: /another program listens there/ },
    { args: ['up', '--speed', '0'], message: /'0' is invalid.*above 0/ },
    { args: ['run', '--preset', 'load-drive'], message: /"load-drive".*load-driven/ },
    { args: ['run', '--profile', 'headlin'], message: /"headlin".*headline/ },
    {
      args: ['run', '--set', 'capacity.min=5', '--set', 'capacity.max=3'],
      message: /TL-CONFIG-CAPACITY-BOUNDS.*5.*3/s,
    },
    { args: ['run', '--out', import.meta.filename], message: /TL-WRITE-PLACE --out .* is no folder/ },
    { args: ['run', '--export', 'csv=none/a.csv'], message: /TL-WRITE-PLACE --export csv none/ },
    { args: ['run', '--capacity', 'none.json'], message: /TL-CAPACITY-FILE --capacity none\.json/ },
    { args: ['release', '--export', 'junit=none/a.xml'], message: /TL-WRITE-PLACE --export junit none/ },
    { args: ['up', '--sped', '20'], message: /unknown option '--sped'/ },
  ])('$args: exit 2, the reason on stderr, and nothing left behind', async ({ args, message }) => {
    twin = await TwinProcess.start(...args.map((arg) => (arg === 'TAKEN' ? takenPort : arg)));
    expect(await twin.exited).toBe(2);
    expect(twin.stderr).toMatch(message);
    expect(twin.stderr).not.toMatch(/^\s+at /m);
    expect(twin.stdout).toBe('');
    expect(await readdir(twin.folder)).toEqual([]);
    expect(await twin.processes()).toEqual([]);
  });
});

describe('npm', () => {
  const npm = (...args: readonly string[]) => {
    const cwd = join(import.meta.dirname, '..', '..', '..');
    const { status, stdout, stderr } = spawnSync('npm', ['run', ...args], { cwd, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('keeps an option without its "--", and the command says how to write it', () => {
    const { status, stderr } = npm('demo', '--preset', 'flash-sale');
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^twin: npm kept --preset for itself: write npm run demo -- --preset flash-sale$/m,
    );
  });

  test('passes --version on, which names the commit', () => {
    const { status, stdout } = npm('--silent', 'twin', '--', '--version');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^twin \d+\.\d+\.\d+( \(commit [0-9a-f]{40}(-dirty)?\))?\n$/);
  });
});

const refuses = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });

describe('the end of twin up', () => {
  test('comes with SIGINT: exit 0, ports closed, no process left', async () => {
    twin = await TwinProcess.start('up', '--json', '--speed', '60');
    const client = await TwinClient.of(twin);
    expect(await twin.processes()).toHaveLength(3);
    twin.signal('SIGINT');
    expect(await twin.exited).toBe(0);
    expect(await twin.processes()).toEqual([]);
    expect(await Promise.all([client.url, client.control].map(refuses))).toEqual([true, true]);
    expect(twin.stdout.trim().split('\n')).toHaveLength(1);
    expect(await readdir(twin.folder)).toEqual([]);
  });

  test('comes with SIGINT while tasks still start', async () => {
    twin = await TwinProcess.start('up', '--speed', '4');
    await eventually(
      () => twin!.processes(),
      (ids) => ids.length === 3,
    );
    twin.signal('SIGINT');
    expect(await twin.exited).toBe(0);
    expect(await twin.processes()).toEqual([]);
  });

  test('by SIGKILL lets its tasks end by themselves', async () => {
    twin = await TwinProcess.start('up', '--json', '--speed', '60');
    await TwinClient.of(twin);
    twin.signal('SIGKILL');
    await twin.exited;
    await eventually(
      () => twin!.processes(),
      (ids) => ids.length === 0,
    );
  });

  test('by SIGKILL ends tasks that are frozen, too', async () => {
    twin = await TwinProcess.start('up', '--json', '--speed', '60');
    await TwinClient.of(twin);
    const tasks = (await twin.processes()).filter((id) => id !== twin?.pid);
    expect(tasks).toHaveLength(2);
    for (const id of tasks) process.kill(id, 'SIGSTOP');
    twin.signal('SIGKILL');
    await twin.exited;
    await eventually(
      () => twin!.processes(),
      (ids) => ids.length === 0,
    );
  });

  test('is the end of plain lines that all went to stderr', async () => {
    twin = await TwinProcess.start('up', '--speed', '60');
    await eventually(
      () => Promise.resolve(twin!.stderr),
      (text) => text.includes('has reached a steady state') && text.includes(' requests/s'),
    );
    twin.signal('SIGTERM');
    expect(await twin.exited).toBe(0);
    expect(twin.stdout).toBe('');
    expect(twin.stderr).toMatch(/^URL +http:\/\/127\.0\.0\.1:\d+$/m);
    expect(twin.stderr).toMatch(/^control +http:\/\/127\.0\.0\.1:\d+ /m);
  });
});
