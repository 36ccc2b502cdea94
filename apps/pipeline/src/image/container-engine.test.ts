import { describe, expect, test } from '@jest/globals';
import { context, rejection } from '../../test/fake-pipeline.ts';
import type { Command, RunProcess } from '../process/run-process.ts';
import { containerEngine } from './container-engine.ts';

const build = {
  app: 'api',
  build: null,
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

  test('says the digest of what docker pushed, and none where the engine does not', async () => {
    const digest = `sha256:${'a1'.repeat(32)}`;
    const docker: RunProcess = ({ args }) =>
      Promise.resolve({
        exitCode: 0,
        stdout: '',
        lines:
          args[0] === 'push' ? ['The push refers to repository', `tag1: digest: ${digest} size: 1780`] : [],
      });
    expect(await containerEngine(docker).buildAndPush(build, context)).toBe(digest);
    expect(await engines({ podman: () => 0 }).tool.buildAndPush(build, context)).toBeNull();
  });

  test('builds the stage that runs, from the bundle', async () => {
    const { tool, commands } = engines({ docker: () => 0 });
    await tool.buildAndPush(build, context);
    expect(commands[1]?.args.join(' ')).toBe(
      `build --file apps/api/Dockerfile --target runtime --build-context bundle=dist/apps/api --platform linux/arm64 --build-arg BASE_IMAGE=node:24-slim --tag ${build.reference} .`,
    );
  });

  test('builds a folder of the user’s as the description says', async () => {
    const { tool, commands } = engines({ docker: () => 0 });
    const described = {
      context: 'shop',
      dockerfile: 'ops/Dockerfile',
      target: 'run',
      args: { A: '1' },
      platform: null,
    };
    await tool.buildAndPush({ ...build, baseImage: null, build: described }, context);
    expect(commands[1]?.args.join(' ')).toBe(
      `build --file shop/ops/Dockerfile --target run --build-arg A=1 --platform linux/arm64 --tag ${build.reference} shop`,
    );
  });

  test('is refused with each reason when none works', async () => {
    const { tool } = engines({ docker: () => 1 });
    expect((await rejection(tool.buildAndPush(build, context))).message).toMatch(
      /TL-PIPE-ENGINE .*docker: only a client, whose engine does not answer: no daemon\. Start the engine .*; podman: not installed; buildah: not installed/,
    );
  });

  // Messages in the form of docker (BuildKit), podman and buildah where the registry does not answer.
  test.each([
    'ERROR: failed to solve: node:24-slim: failed to resolve source metadata for docker.io/library/node:24-slim: dial tcp: lookup registry-1.docker.io: no such host',
    'Error: creating build container: initializing source docker://node:24-slim: pinging container registry registry-1.docker.io: dial tcp: i/o timeout',
    'Error: creating build container: short-name "node:24-slim" did not resolve to an alias and no unqualified-search registries are defined',
  ])('that cannot pull is told apart, with the remedy: %s', async (line) => {
    const runProcess: RunProcess = ({ args }) =>
      Promise.resolve({ exitCode: args[0] === 'build' ? 125 : 0, stdout: '', lines: ['STEP 1/9', line] });
    const error = await rejection(containerEngine(runProcess).buildAndPush(build, context));
    expect(error.message).toBe(
      `TL-PIPE-BASE-IMAGE docker works, and cannot pull base image node:24-slim: ${line}. Let this machine reach the image’s registry, sign in to it (docker login), or name an image that it has or can pull: --base-image <image>`,
    );
  });

  test('whose build fails for another reason is not blamed on the base image', async () => {
    const { tool } = engines({ docker: (command) => (command === 'build' ? 1 : 0) });
    expect((await rejection(tool.buildAndPush(build, context))).message).toMatch(
      /TL-PIPE-IMAGE docker build/,
    );
  });

  test('that fails to push fails the step', async () => {
    const { tool } = engines({ docker: (command) => (command === 'push' ? 1 : 0) });
    expect((await rejection(tool.buildAndPush(build, context))).message).toMatch(/TL-PIPE-IMAGE docker push/);
  });
});
