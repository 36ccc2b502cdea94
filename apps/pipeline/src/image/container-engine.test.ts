import { describe, expect, test } from '@jest/globals';
import { context, rejection } from '../../test/fake-pipeline.ts';
import type { Command, RunProcess } from '../process/run-process.ts';
import { containerEngine } from './container-engine.ts';

const build = {
  app: 'api',
  reference: '123456789012.dkr.ecr.us-east-1.amazonaws.com/tideline-dev-api:tag1',
  platform: 'linux/arm64',
  baseImage: 'node:24-slim',
  login: { username: 'AWS', password: 'secret' },
} as const;

/** Engines that are installed, with the exit code of each command. */
function engines(installed: Readonly<Record<string, (command: string) => number>>) {
  const commands: Command[] = [];
  const runProcess: RunProcess = (command) => {
    commands.push(command);
    const exitCode = installed[command.file]?.(command.args[0] ?? '');
    if (exitCode === undefined) return Promise.reject(new Error('ENOENT'));
    return Promise.resolve({ exitCode, stdout: '', lines: exitCode === 0 ? [] : ['no daemon'] });
  };
  return { tool: containerEngine(runProcess), commands };
}

describe('the container engine', () => {
  test('is the first that answers, and gets the password on its input', async () => {
    const { tool, commands } = engines({ docker: () => 1, podman: () => 0 });
    await tool.buildAndPush(build, context);
    expect(commands.map(({ file, args }) => `${file} ${args[0] ?? ''}`)).toEqual([
      'docker info',
      'podman info',
      'podman build',
      'podman login',
      'podman push',
    ]);
    expect(commands[3]).toMatchObject({ input: 'secret' });
    expect(JSON.stringify(commands.map(({ args }) => args))).not.toContain('secret');
  });

  test('builds the stage that runs, from the bundle', async () => {
    const { tool, commands } = engines({ docker: () => 0 });
    await tool.buildAndPush(build, context);
    expect(commands[1]?.args.join(' ')).toBe(
      `build --file apps/api/Dockerfile --target runtime --build-context bundle=dist/apps/api --platform linux/arm64 --build-arg BASE_IMAGE=node:24-slim --tag ${build.reference} .`,
    );
  });

  test('is refused with each reason when none works', async () => {
    const { tool } = engines({ docker: () => 1 });
    expect((await rejection(tool.buildAndPush(build, context))).message).toMatch(
      /TL-PIPE-ENGINE .*docker: no daemon; podman: not installed; buildah: not installed/,
    );
  });

  test('that fails to push fails the step', async () => {
    const { tool } = engines({ docker: (command) => (command === 'push' ? 1 : 0) });
    expect((await rejection(tool.buildAndPush(build, context))).message).toMatch(/TL-PIPE-IMAGE docker push/);
  });
});
