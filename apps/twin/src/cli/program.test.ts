import { describe, expect, test } from '@jest/globals';
import { addReplayOptions } from '@tideline/planner';
import { programContract, runInMemory } from '@tideline/process/testing';
import { Command } from 'commander';
import { ListenError } from '../balancer/listen-error.ts';
import { ReleaseNoteError } from '../release/release-journal.ts';
import { ServiceStalledError } from '../service-stalled-error.ts';
import { balancer } from './balancer.ts';
import { MissingBundleError } from './bundles.ts';
import { twinProgram } from './program.ts';
import { release } from './release.ts';
import { run } from './run.ts';
import { up } from './up.ts';

for (const [args, option, script] of [
  [['up'], '--speed', 'twin'],
  [['run'], '--idle-speed', 'twin'],
  [['release'], '--fault', 'twin'],
] as const)
  programContract({
    program: twinProgram({
      up: (options) => up(options, import.meta.url),
      run: (options) => run(options, import.meta.url),
      release: (options) => release(options, import.meta.url),
      balancer,
    }),
    ...{ args, option, script, readsDescription: true },
  });

/** Runs the command line with actions that only note what they were given. */
async function twin(...args: readonly string[]) {
  const calls: unknown[] = [];
  const act = (name: string, exitCode: number) => (options: unknown) => {
    calls.push([name, options]);
    return Promise.resolve(exitCode);
  };
  const program = twinProgram({
    up: act('up', 0),
    run: act('run', 1),
    release: act('release', 0),
    balancer: act('balancer', 0),
  });
  return { calls, ...(await runInMemory(program, args)) };
}

const shared = { defaultPreset: 'load-driven', set: [], port: 0, controlPort: 0, json: false };

describe('twin', () => {
  test('up has defaults for everything', async () => {
    expect(await twin('up')).toMatchObject({
      calls: [['up', { ...shared, speed: 1, logs: false, watch: false }]],
      exitCode: 0,
    });
  });

  test('run has defaults for everything, and its exit code is the program’s', async () => {
    expect(await twin('run')).toMatchObject({
      calls: [['run', { ...shared, speed: 20, idleSpeed: 120, out: 'reports', logs: false }]],
      exitCode: 1,
    });
  });

  test('run takes every option', async () => {
    const { calls } = await twin(
      ...['run', '--preset', 'fargate-alb', '--config', 'mine.json', '--profile', 'steady', '--json'],
      ...['--set', 'capacity.max=8', '--set', 'stage=prod', '--speed', '30', '--idle-speed', '60'],
      ...['--port', '8080', '--control-port', '8081', '--out', 'elsewhere', '--logs'],
    );
    const options = {
      defaultPreset: 'load-driven',
      preset: 'fargate-alb',
      config: 'mine.json',
      profile: 'steady',
      set: ['capacity.max=8', 'stage=prod'],
      speed: 30,
      idleSpeed: 60,
      port: 8080,
      controlPort: 8081,
      out: 'elsewhere',
      logs: true,
      json: true,
    };
    expect(calls).toEqual([['run', options]]);
  });

  test('balancer takes its targets', async () => {
    const { calls } = await twin(
      'balancer',
      '--target',
      'http://127.0.0.1:1',
      '--target',
      'http://127.0.0.1:2',
    );
    expect(calls).toEqual([['balancer', { target: ['http://127.0.0.1:1', 'http://127.0.0.1:2'], port: 0 }]]);
  });

  const replayOptions = addReplayOptions(new Command()).options.map(({ long }) => long);
  const measured = ['--capacity', '--export'];
  const sharedOptions = ['--preset', '--config', '--set', '--speed', '--port', '--control-port', '--json'];

  test.each([
    ['up', [...sharedOptions, '--logs', '--traces', '--watch']],
    [
      'run',
      [
        ...[...sharedOptions, '--profile', '--idle-speed', '--out', '--logs', '--traces'],
        ...[...measured, ...replayOptions],
      ],
    ],
    ['release', [...sharedOptions, '--shift', '--fault', '--rate', '--path', '--out', '--export']],
    ['balancer', ['--target', '--port']],
  ])('%s --help lists every option, each with its meaning', async (command, options) => {
    const { stdout, ...rest } = await twin(command, '--help');
    expect(rest).toEqual({ calls: [], exitCode: 0, stderr: '' });
    const listed = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+).* {2}\S/gm)].map(([, option]) => option);
    expect(listed.sort()).toEqual([...options, '--version', '--help'].sort());
  });

  test('--help lists the commands and presets are named', async () => {
    const { stdout, ...rest } = await twin('--help');
    expect(rest).toEqual({ calls: [], exitCode: 0, stderr: '' });
    for (const command of ['up', 'run', 'release', 'balancer'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    const help = await twin('run', '--help');
    expect(help.stdout).toMatch(/"load-driven",\s+"fargate-alb"/);
    expect(help.stdout).toContain('headline');
    expect(help.stderr).toBe('');
  });

  test.each([
    [['up', '--sped', '20'], "unknown option '--sped'"],
    [['up', '--speed', '0'], 'Allowed: a number above 0, up to 240'],
    [['up', '--speed', 'fast'], "'fast'"],
    [['run', '--idle-speed', '1000'], 'up to 240'],
    [['up', '--port', '70000'], 'from 0 to 65535'],
    [['up', '--control-port', 'x'], 'from 0 to 65535'],
    [['up', '--preset'], 'argument missing'],
    [['up', 'more'], 'too many arguments'],
    [['down'], "unknown command 'down'; Allowed: up, run, release, balancer"],
    [['rnu'], `unknown command 'rnu'; did you mean "run"? Allowed: up, run, release, balancer`],
    [['flash-sale'], 'Allowed: up, run, release, balancer. After one of them: --preset flash-sale'],
    [['release', '--shift', 'canry'], `Did you mean "canary"? Allowed: all-at-once, canary, linear`],
    [['release', '--fault', 'slo'], `Did you mean "slow"? Allowed: none, never-healthy,`],
    [['balancer'], "required option '--target <url>' not specified"],
    [[], 'Usage: twin'],
  ])('%j is refused with %j on stderr, before anything starts', async (args, message) => {
    const { stderr, ...rest } = await twin(...args);
    expect(rest).toEqual({ calls: [], exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test.each([
    [new ListenError('EADDRINUSE', 'port 80 is in use'), 2, 'twin: port 80 is in use\n'],
    [new MissingBundleError('main.mjs is missing'), 2, 'twin: main.mjs is missing\n'],
    [new ReleaseNoteError('release-api.json cannot be read'), 2, 'twin: release-api.json cannot be read\n'],
    [new ServiceStalledError('the service cannot start'), 1, 'twin: the service cannot start\n'],
  ])('reports %p without its stack', async (error, exitCode, stderr) => {
    const fail = (): Promise<number> => Promise.reject(error);
    const program = twinProgram({ up: fail, run: fail, release: fail, balancer: fail });
    expect(await runInMemory(program, ['up'])).toEqual({ exitCode, stdout: '', stderr });
  });
});
