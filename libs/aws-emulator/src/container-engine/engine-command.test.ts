import { describe, expect, test } from '@jest/globals';
import { type EngineAnswer, runEngineCommand } from './engine-command.ts';

const reference = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/tideline-dev-api:tag1';

/** A stand-in where a real engine ends with an exit code, or does not work. */
function engine({ real = null, status = 200 }: { readonly real?: number | null; readonly status?: number }) {
  const built: string[] = [];
  const passedOn: string[] = [];
  const requests: Request[] = [];
  const run = (...args: readonly string[]): Promise<EngineAnswer> =>
    runEngineCommand(args, {
      build: (command) => {
        if (real !== null) passedOn.push(command.join(' '));
        return Promise.resolve(real);
      },
      images: {
        add: (references) => Promise.resolve(void built.push(...references)),
        has: (image) => Promise.resolve(built.includes(image)),
      },
      request: (request) => {
        requests.push(request);
        return Promise.resolve(new Response(status === 200 ? '{}' : 'no such repository', { status }));
      },
      url: 'http://127.0.0.1:4000',
    });
  return { run, requests, passedOn };
}

describe('the emulator’s docker', () => {
  test('records a build where no engine works, and says so', async () => {
    const { run } = engine({});
    expect(await run('build', '--tag', reference, '.')).toEqual({
      exitCode: 0,
      message: `built nothing (no container engine works here, or EMULATOR_IMAGES=recorded): recorded ${reference}`,
    });
  });

  test('passes a build on to an engine that works, and ends as it ends', async () => {
    const working = engine({ real: 0 });
    expect(await working.run('build', '--tag', reference, '.')).toEqual({ exitCode: 0, message: '' });
    expect(working.passedOn).toEqual([`build --tag ${reference} .`]);
    const failing = engine({ real: 17 });
    expect(await failing.run('build', '--tag', reference, '.')).toMatchObject({ exitCode: 17 });
    expect(await failing.run('push', reference)).toMatchObject({ exitCode: 1 });
  });

  test('pushes nothing but a tag, and that to the emulator, in the region of the reference', async () => {
    const { run, requests, passedOn } = engine({ real: 0 });
    await run('build', '--tag', reference, '.');
    expect(await run('login', '--username', 'AWS', '--password-stdin', 'registry')).toMatchObject({
      exitCode: 0,
    });
    expect(await run('push', reference)).toMatchObject({ exitCode: 0 });
    expect(passedOn).toHaveLength(1);
    const [request] = requests;
    expect(requests).toHaveLength(1);
    expect(request?.url).toBe('http://127.0.0.1:4000/');
    expect(request?.headers.get('x-amz-target')).toMatch(/\.PutImage$/);
    expect(request?.headers.get('authorization')).toContain('/eu-west-1/ecr/');
    expect(await request?.json()).toMatchObject({
      registryId: '123456789012',
      repositoryName: 'tideline-dev-api',
      imageTag: 'tag1',
    });
  });

  test.each([
    [['push', reference], 1, `push: got "${reference}", which was not built here`],
    [['build', '.'], 2, 'build: no --tag; give one'],
    [['run', 'image'], 2, 'got "run"; allowed: info, build, login, push'],
  ])('refuses %j', async (args, exitCode, message) => {
    const { run, requests } = engine({});
    expect(await run(...args)).toEqual({ exitCode, message: expect.stringContaining(message) as unknown });
    expect(requests).toEqual([]);
  });

  test('refuses to push to another registry, or where ECR refuses', async () => {
    const { run, requests } = engine({ status: 400 });
    await run('build', '--tag', 'docker.io/api:1', '--tag', reference, '.');
    expect((await run('push', 'docker.io/api:1')).message).toContain('expected <account>.dkr.ecr.<region>');
    expect(requests).toEqual([]);
    expect(await run('push', reference)).toEqual({
      exitCode: 1,
      message: 'push: ECR answered 400: no such repository',
    });
  });
});
