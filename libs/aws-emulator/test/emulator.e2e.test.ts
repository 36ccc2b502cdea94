import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { type AwsEmulator, missingTools, startAwsEmulator } from '../src/index.ts';
import { EmulatedAccount, signedFor } from './emulated-account.ts';
import { descendants, isAlive } from './process-tree.ts';
import { startProcess } from './run-process.ts';

const missing = missingTools(['moto_server']);
const suite = missing.length === 0 ? describe : describe.skip;
const running: AwsEmulator[] = [];
const main = join(import.meta.dirname, '..', 'src', 'main.ts');

async function started(): Promise<AwsEmulator> {
  const emulator = await startAwsEmulator();
  running.push(emulator);
  return emulator;
}

async function closeAll(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

// A failed expectation must not leave a server behind.
afterEach(closeAll);

suite(`the AWS emulator${missing.map((reason) => ` (${reason})`).join('')}`, () => {
  test('answers, keeps what it is given, and is gone after close', async () => {
    const { url } = await started();
    const account = new EmulatedAccount(url);
    const call = (path: string, request: RequestInit = {}) =>
      fetch(`${url}/${path}`, { ...request, headers: signedFor('s3') });
    await call('a-bucket', { method: 'PUT' });
    const body = 'x'.repeat(3_000_000);
    await call('a-bucket/folder/a%20key', { method: 'PUT', body });
    const head = await call('a-bucket/folder/a%20key', { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('3000000');
    expect(await (await call('a-bucket/folder/a%20key')).text()).toBe(body);
    expect([...(await account.resources())]).toContain('s3 list a-bucket');
    await closeAll();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('two of them are two accounts', async () => {
    const [one, other] = await Promise.all([started(), started()]);
    await fetch(`${one.url}/a-bucket`, { method: 'PUT' });
    expect([...(await new EmulatedAccount(other.url).resources())]).not.toContain('s3 list a-bucket');
  });

  test('its docker leaves a pushed tag in its registry, and needs no engine for it', async () => {
    const { url, programs, environment } = await started();
    const ecr = async (operation: string, parameters: object): Promise<unknown> => {
      const target = `AmazonEC2ContainerRegistry_V20150921.${operation}`;
      const headers = { ...signedFor('ecr'), 'x-amz-target': target };
      return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(parameters) })).json();
    };
    const { repository } = z
      .object({ repository: z.object({ repositoryUri: z.string() }) })
      .parse(await ecr('CreateRepository', { repositoryName: 'shop' }));
    const reference = `${repository.repositoryUri}:tag1`;
    // On this path there is no other engine.
    const env = { ...environment, PATH: programs };
    for (const args of [['info'], ['build', '--tag', reference, '.'], ['push', reference]]) {
      const docker = startProcess(join(programs, 'docker'), args, { cwd: programs, env });
      expect(await docker.finished).toMatchObject({ exitCode: 0 });
    }
    expect(await ecr('DescribeImages', { repositoryName: 'shop' })).toMatchObject({
      imageDetails: [{ imageTags: ['tag1'] }],
    });
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'its program prints its environment, and leaves no server after %s',
    async (signal) => {
      const program = spawn(process.execPath, ['--import', 'tsx', main, '--json'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines = createInterface({ input: program.stdout });
      const [line] = (await once(lines, 'line')) as [string];
      const environment = z.record(z.string(), z.string()).parse(JSON.parse(line));
      const servers = descendants(program.pid ?? 0);
      expect(servers.length).toBeGreaterThan(0);

      const exited = once(program, 'exit');
      program.kill(signal);
      await exited;
      while (servers.some(isAlive)) await wait(20);
      await expect(fetch(environment.AWS_ENDPOINT_URL ?? '')).rejects.toThrow('fetch failed');
      if (signal === 'SIGTERM') expect(existsSync(environment.AWS_CONFIG_FILE ?? '')).toBe(false);
    },
  );
});
