import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import {
  type AwsEmulator,
  missingTools,
  startAwsEmulator,
  startSharedProvider,
  synthesisedTypes,
} from '../src/index.ts';
import { installProvider, installedProvider } from '../src/provider/installed-provider.ts';
import { findProvider, mirrorConfiguration } from '../src/provider-mirror.ts';
import { descendants, isAlive } from './process-tree.ts';
import { type FinishedProcess, type RunningProcess, startProcess } from './run-process.ts';

const missing = missingTools(['terraform', 'moto_server']);
const suite = missing.length === 0 ? describe : describe.skip;
const main = join(import.meta.dirname, '..', 'src', 'main.ts');

const topics = (...names: readonly string[]) => ({
  resource: { aws_sns_topic: Object.fromEntries(names.map((name) => [name, { name }])) },
});
const queue = { resource: { aws_sqs_queue: { jobs: { name: 'jobs' } } } };

suite(`a shared provider${missing.map((reason) => ` (${reason})`).join('')}`, () => {
  let output = '';

  beforeEach(async () => {
    output = await mkdtemp(join(tmpdir(), 'tideline-shared-'));
  });

  afterEach(() => rm(output, { recursive: true }));

  /** Writes a stack as a synthesis would. */
  async function synthesise(stack: string, content: object): Promise<void> {
    const aws = { source: 'aws', version: '5.100.0' };
    const folder = join(output, 'stacks', stack);
    const text = JSON.stringify({ terraform: { required_providers: { aws } }, ...content });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'cdk.tf.json'), text);
  }

  const terraform = (stack: string, args: readonly string[], env: NodeJS.ProcessEnv): RunningProcess =>
    startProcess('terraform', [`-chdir=${join(output, 'stacks', stack)}`, ...args, '-no-color'], {
      cwd: output,
      env: { ...process.env, ...env },
    });

  describe('of an account', () => {
    let emulator: AwsEmulator;
    let held: { readonly operation: string; readonly onArrival: () => void } | undefined;

    beforeAll(async () => {
      emulator = await startAwsEmulator({
        beforeRequest: async (operation) => {
          if (operation !== held?.operation) return;
          held.onArrival();
          // The command ends because it is interrupted, not because it is answered.
          await new Promise<never>(() => undefined);
        },
      });
    });

    afterAll(() => emulator.close());

    test('serves one command after another, also after one that was interrupted', async () => {
      await synthesise('first', topics('orders'));
      const provider = await startSharedProvider({
        environment: emulator.environment,
        types: () => synthesisedTypes(output),
      });
      const env = { ...emulator.environment, ...provider.environment };
      const apply = (stack: string): RunningProcess =>
        terraform(stack, ['apply', '-input=false', '-auto-approve'], env);
      const before = providers();
      expect(before).toHaveLength(1);
      expect((await terraform('first', ['init'], env).finished).exitCode).toBe(0);

      const arrival = new Promise<void>((resolve) => {
        held = { operation: 'sns CreateTopic', onArrival: resolve };
      });
      const interrupted = apply('first');
      await Promise.race([arrival, interrupted.finished]);
      interrupted.interrupt();
      held = undefined;
      await interrupted.finished;

      // A type that comes later counts as well.
      await synthesise('second', queue);
      expect((await terraform('second', ['init'], env).finished).exitCode).toBe(0);
      for (const stack of ['first', 'second', 'first'])
        expect(await apply(stack).finished).toMatchObject({ exitCode: 0 });
      expect(providers()).toHaveLength(1);
      expect(providers()).not.toEqual(before);
      await provider.close();
      expect(providers()).toEqual([]);
    });

    test('fails a command whose provider dies, and serves the next one', async () => {
      await synthesise('first', topics('orders'));
      const provider = await startSharedProvider({
        environment: emulator.environment,
        types: () => synthesisedTypes(output),
      });
      const env = { ...emulator.environment, ...provider.environment };
      const apply = (): RunningProcess => terraform('first', ['apply', '-input=false', '-auto-approve'], env);
      await terraform('first', ['init'], env).finished;

      const arrival = new Promise<void>((resolve) => {
        held = { operation: 'sns CreateTopic', onArrival: resolve };
      });
      const abandoned = apply();
      await Promise.race([arrival, abandoned.finished]);
      for (const id of providers()) process.kill(id, 'SIGKILL');
      held = undefined;
      expect(await abandoned.finished).toMatchObject({ exitCode: 1 });
      expect(await apply().finished).toMatchObject({ exitCode: 0 });
      await provider.close();
    });

    test('gives commands that run at once each its own configuration', async () => {
      const stacks = ['first', 'second', 'third'];
      for (const stack of stacks)
        await synthesise(stack, {
          provider: { aws: [{ default_tags: [{ tags: { stack } }] }] },
          ...topics(`${stack}-orders`),
        });
      const provider = await startSharedProvider({
        environment: emulator.environment,
        types: () => synthesisedTypes(output),
      });
      const env = { ...emulator.environment, ...provider.environment };
      for (const stack of stacks) expect((await terraform(stack, ['init'], env).finished).exitCode).toBe(0);
      const applying = stacks.map(
        (stack) => terraform(stack, ['apply', '-input=false', '-auto-approve'], env).finished,
      );
      expect(await Promise.all(applying)).toMatchObject(stacks.map(() => ({ exitCode: 0 })));
      for (const stack of stacks) {
        const state = await readFile(join(output, 'stacks', stack, 'terraform.tfstate'), 'utf8');
        expect(state).toContain(`"tags_all": {\n              "stack": "${stack}"`);
      }
      await provider.close();
    });

    test('says which type it was not told of', async () => {
      await synthesise('first', topics('orders'));
      const types = () => Promise.resolve(new Set(['aws_sqs_queue']));
      const provider = await startSharedProvider({ environment: emulator.environment, types });
      const env = { ...emulator.environment, ...provider.environment };
      await terraform('first', ['init'], env).finished;
      const { exitCode, output: text } = await terraform('first', ['validate'], env).finished;
      expect(text).toMatch(/does\s+not\s+support\s+resource\s+type\s+"aws_sns_topic"/);
      expect(exitCode).toBe(1);
      await provider.close();
    });
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'of the emulator’s program answers validate, and is gone after %s',
    async (signal) => {
      await synthesise('first', topics('orders'));
      const program = spawn(
        process.execPath,
        ['--import', 'tsx', main, '--json', '--shared-provider', output],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [line] = (await once(createInterface({ input: program.stdout }), 'line')) as [string];
      const env = z.record(z.string(), z.string()).parse(JSON.parse(line));
      const ended: FinishedProcess[] = [];
      for (const command of ['init', 'validate'])
        ended.push(await terraform('first', [command], env).finished);
      expect(ended).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);

      const servers = descendants(program.pid ?? 0);
      await stop(program, signal);
      while (servers.some(isAlive)) await wait(20);
      expect((await terraform('first', ['validate'], env).finished).exitCode).toBe(1);
    },
  );
});

suite(`the provider${missing.map((reason) => ` (${reason})`).join('')}`, () => {
  test('is installed into an empty cache, also by two at once', async () => {
    const file = await installedProvider();
    const version = basename(dirname(dirname(file)));
    const mirror = file.slice(0, file.indexOf('registry.terraform.io'));
    const folder = await mkdtemp(join(tmpdir(), 'tideline-cache-'));
    const [cache, configuration] = [join(folder, 'cache'), join(folder, 'terraform.rc')];
    await writeFile(configuration, mirrorConfiguration(mirror));
    const variables = { ...process.env, TF_CLI_CONFIG_FILE: configuration };
    await Promise.all([installProvider(cache, variables), installProvider(cache, variables)]);
    expect(findProvider(version, { prefixes: [cache] })).toContain(cache);
    expect(await readdir(cache)).toEqual(['registry.terraform.io']);
    await rm(folder, { recursive: true });
  });
});

async function stop(program: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(program, 'exit');
  program.kill(signal);
  await exited;
}

/** Ids of the providers that this process started. */
const providers = (): readonly number[] => descendants(process.pid, 'terraform-provi');
