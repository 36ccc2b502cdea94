import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ConcurrentLoad } from './concurrent-load.ts';
import { eventually } from './eventually.ts';
import { descriptionOfOwnProgram as description, nodeServer, pythonServer } from './runtimes/user-program.ts';
import { TwinClient, TwinProcess } from './twin-process.ts';

let twin: TwinProcess | undefined;
let load: ConcurrentLoad | undefined;

afterEach(async () => {
  await twin?.remove();
  await load?.stop();
  twin = undefined;
  load = undefined;
});

async function up(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<TwinClient> {
  twin = await TwinProcess.prepared(files, ['up', '--json', '--speed', '60', ...args]);
  return TwinClient.of(twin);
}

const text = async ({ url }: TwinClient): Promise<string> => (await fetch(`${url}/`)).text();
const nothingIsLeft = (): Promise<unknown> =>
  eventually(
    () => twin!.processes(),
    (ids) => ids.length === 0,
  );
const cgroups = (pid: number | undefined): readonly string[] =>
  existsSync('/sys/fs/cgroup/cpu')
    ? readdirSync('/sys/fs/cgroup/cpu').filter((name) => name.startsWith(`tideline-twin-${pid}-`))
    : [];

describe('a Node server of the user’s', () => {
  const files = {
    'server.mjs': nodeServer,
    'tideline.config.json': description({ command: 'node server.mjs', environment: { NAME: 'mine' } }),
  };

  test('is killed, frozen and deployed under load, with failures where AWS would have them, and leaves nothing', async () => {
    const client = await up(files, '--logs');
    expect(JSON.parse(await text(client))).toMatchObject({ variables: { NAME: 'mine' } });
    load = new ConcurrentLoad(client.url, 4);
    await load.answer(100);
    await client.send('POST', '/deployments', { version: '2', variables: { NAME: 'of version 2' } });
    await client.steady(2);
    await load.answer(100);
    expect(load.failures).toEqual({});
    expect(JSON.parse(await text(client))).toMatchObject({ variables: { NAME: 'of version 2' } });
    const tasks = await client.tasks();
    expect(tasks.map(({ version, health }) => [version, health])).toEqual([
      ['2', 'healthy'],
      ['2', 'healthy'],
    ]);

    await client.send('DELETE', `/tasks/${tasks[0]!.id}`);
    await client.steady(3);
    await client.send('POST', `/tasks/${tasks[1]!.id}/freeze`);
    await client.steady(4);
    await load.answer(100);
    await load.stop();
    const { 502: badGateways = 0, 504: timeouts = 0, ...others } = load.failures;
    expect(others).toEqual({});
    const { faultCosts } = await client.observe();
    const ofDeadTargets = (faultCosts ?? []).reduce((sum, { lost }) => sum + (lost['http-502'] ?? 0), 0);
    // What each of four clients had in flight at the frozen task when it was killed, or waited for until its timeout.
    expect(badGateways).toBeGreaterThanOrEqual(ofDeadTargets);
    expect(badGateways - ofDeadTargets + timeouts).toBeLessThanOrEqual(8);
    expect(twin!.stderr).toMatch(new RegExp(`^\\[${tasks[0]!.id.slice(0, 8)}\\] listening, with key `, 'm'));

    twin!.signal('SIGINT');
    expect(await twin!.exited).toBe(0);
    expect(await twin!.processes()).toEqual([]);
    expect(cgroups(twin!.pid)).toEqual([]);
  });

  test('is deployed again when it is saved', async () => {
    const client = await up(files, '--watch');
    await writeFile(join(twin!.folder, 'server.mjs'), `${nodeServer}// saved\n`);
    await client.steady(2);
    const deployments = await client.deployments();
    expect(deployments.map(({ definition }) => definition.version)).toEqual(['1', 'saved-1']);
    expect(twin!.stderr).toMatch(/^saved server\.mjs: deploying version saved-1$/m);
  });
});

describe('the end of the twin by SIGKILL', () => {
  test('ends a frozen program and what it has put into the background, and the next twin removes its control groups', async () => {
    // Job control gives each process a group of its own.
    const command = 'set -m; sleep 1000 & python3 server.py';
    const config = description({ command });
    const client = await up({ 'server.py': pythonServer, 'tideline.config.json': config });
    expect(await text(client)).toBe('hello from python');
    const { pid } = twin!;
    const [task] = await client.tasks();
    await client.send('POST', `/tasks/${task!.id}/freeze`);
    twin!.signal('SIGKILL');
    await twin!.exited;
    await nothingIsLeft();
    twin = await twin!.again('up', '--json', '--speed', '60');
    await TwinClient.of(twin);
    expect(cgroups(pid)).toEqual([]);
    twin.signal('SIGINT');
    expect(await twin.exited).toBe(0);
    await nothingIsLeft();
    expect(cgroups(twin.pid)).toEqual([]);
  });
});

describe('what is refused, with exit code 2', () => {
  const refused = async (
    config: Readonly<Record<string, unknown>>,
    args: readonly string[] = ['up'],
  ): Promise<string> => {
    twin = await TwinProcess.prepared(
      { 'tideline.config.json': JSON.stringify({ preset: 'load-driven', ...config }) },
      args,
    );
    expect(await twin.exited).toBe(2);
    expect(twin.stderr).not.toMatch(/^\s+at /m);
    expect(await twin.processes()).toEqual([]);
    return twin.stderr;
  };
  const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-a1B2c3';

  test.each(['up', 'run'])('an image alone, by twin %s', async (command) => {
    expect(await refused({ container: { image: 'shop:1' } }, [command])).toMatch(
      /TL-TWIN-RUNTIME container\.image shop:1 .*Set local\.command .*or local\.container/,
    );
  });

  test('a secret without a value', async () => {
    expect(
      await refused({ container: { secrets: { KEY: arn } }, local: { command: 'node server.mjs' } }),
    ).toMatch(
      /TL-TWIN-SECRET container\.secrets: KEY has no value on this machine\. Set a variable of that name .*\.env\.tideline/,
    );
  });

  test('--watch of the backend that is shipped here', async () => {
    expect(await refused({}, ['up', '--watch'])).toMatch(/TL-TWIN-WATCH --watch: .*no sources to watch/);
  });

  test('a fault of a program that has none', async () => {
    expect(
      await refused(
        {
          preset: 'blue-green',
          local: { command: 'x' },
          container: { stressRoutes: false },
        },
        ['release', '--fault', 'slow'],
      ),
    ).toContain('--fault slow: a program of your own does nothing wrong on purpose');
  });
});
