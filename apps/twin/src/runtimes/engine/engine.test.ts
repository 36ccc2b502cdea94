import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { parseStatistics } from './container-usage.ts';
import { type Engine, findEngine } from './engine.ts';
import { runArguments } from './run-arguments.ts';

const engines =
  (installed: Readonly<Record<string, number>>) =>
  (file: string): Engine => ({
    file,
    run: () =>
      Promise.resolve({
        exitCode: installed[file] ?? 127,
        stdout: '',
        lastLines: ['Cannot connect to the daemon'],
      }),
  });

describe('the engine', () => {
  test('is the first of docker and podman that works, or the one that is named', async () => {
    expect((await findEngine({}, engines({ docker: 0, podman: 0 }))).file).toBe('docker');
    expect((await findEngine({}, engines({ docker: 1, podman: 0 }))).file).toBe('podman');
    expect((await findEngine({ TIDELINE_ENGINE: '' }, engines({ podman: 0 }))).file).toBe('podman');
    const named = findEngine({ TIDELINE_ENGINE: '/opt/nerdctl' }, engines({ '/opt/nerdctl': 0, docker: 0 }));
    expect((await named).file).toBe('/opt/nerdctl');
  });

  test('is refused with the reason of each where none works', async () => {
    await expect(findEngine({}, engines({ docker: 1 }))).rejects.toThrow(
      'TL-TWIN-ENGINE local.container: no container engine works here (docker: only a client, whose engine does not answer: Cannot connect to the daemon. Start the engine (docker: sudo systemctl start docker; podman: podman machine start); podman: not installed). Install or start docker or podman, name another program in TIDELINE_ENGINE, or set local.command in place of local.container',
    );
  });
});

test('a container is started with everything that the description says, and no secret on the command line', () => {
  const environment = resolveEnvironment({
    preset: 'arguments',
    compute: { kind: 'fargate', cpuUnits: 512, memoryMiB: 1024 },
    capacity: { min: 1, max: 2, desired: 1 },
    container: {
      image: 'shop:1',
      port: 8080,
      entryPoint: ['/entry', 'first'],
      command: ['second'],
      user: 'app:app',
      readOnlyRootFilesystem: true,
      linux: { dropCapabilities: ['NET_RAW'], openFiles: 4096 },
    },
    local: { container: true },
  });
  const args = runArguments({
    environment,
    image: 'sha256:1',
    name: 'n',
    label: 'l=1',
    hostPort: 20_000,
    variables: { A: 'b c' },
    secretNames: ['KEY'],
  });
  expect(args.join(' ')).toBe(
    'run --rm --name n --label l=1 --publish 127.0.0.1:20000:8080 --cpus 0.5 --memory 1024m --user app:app --read-only --cap-drop NET_RAW --init --ulimit nofile=4096:4096 --env A=b c --env KEY --entrypoint /entry sha256:1 first second',
  );
});

test.each([
  ['12.50% 100MiB / 512MiB\n', { cpuPercent: 12.5, memoryMiB: 100 }],
  ['0.00% 104.8576MB / 1GB\n', { cpuPercent: 0, memoryMiB: 100 }],
  ['-- -- / --\n', undefined],
])('the statistics %j are read', (text, expected) => {
  expect(parseStatistics(text)).toEqual(expected);
});
