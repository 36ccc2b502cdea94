import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { createProgram, usageExitCode } from './program.ts';
import { reportFailure } from './report-failure.ts';

let stdout = '';
let stderr = '';

beforeEach(() => {
  stdout = '';
  stderr = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk);
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += String(chunk);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** Runs the command line with actions that only note what they were given. */
async function twin(...args: readonly string[]) {
  const calls: unknown[] = [];
  const act = (name: string, exitCode: number) => (options: unknown) => {
    calls.push([name, options]);
    return Promise.resolve(exitCode);
  };
  const program = createProgram({
    up: act('up', 0),
    run: act('run', 1),
    release: act('release', 0),
    balancer: act('balancer', 0),
  });
  try {
    return { calls, exitCode: await program.run(['node', 'twin', ...args]) };
  } catch (error) {
    expect(error).toBeInstanceOf(CommanderError);
    return { calls, exitCode: reportFailure(error, process.stderr) };
  }
}

const shared = { preset: 'load-driven', set: [], port: 0, controlPort: 0, json: false };

describe('twin', () => {
  test('up has defaults for everything', async () => {
    expect(await twin('up')).toEqual({ calls: [['up', { ...shared, speed: 1 }]], exitCode: 0 });
  });

  test('run has defaults for everything, and its exit code is the program’s', async () => {
    expect(await twin('run')).toEqual({
      calls: [['run', { ...shared, speed: 20, idleSpeed: 120, out: 'reports' }]],
      exitCode: 1,
    });
  });

  test('run takes every option', async () => {
    const { calls } = await twin(
      ...['run', '--preset', 'fargate-alb', '--config', 'mine.json', '--profile', 'steady', '--json'],
      ...['--set', 'capacity.max=8', '--set', 'stage=prod', '--speed', '30', '--idle-speed', '60'],
      ...['--port', '8080', '--control-port', '8081', '--out', 'elsewhere'],
    );
    const options = {
      preset: 'fargate-alb',
      config: 'mine.json',
      profile: 'steady',
      set: ['capacity.max=8', 'stage=prod'],
      speed: 30,
      idleSpeed: 60,
      port: 8080,
      controlPort: 8081,
      out: 'elsewhere',
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

  const sharedOptions = ['--preset', '--config', '--set', '--speed', '--port', '--control-port', '--json'];

  test.each([
    ['up', sharedOptions],
    ['run', [...sharedOptions, '--profile', '--idle-speed', '--out']],
    ['balancer', ['--target', '--port']],
  ])('%s --help lists every option, each with its meaning', async (command, options) => {
    expect(await twin(command, '--help')).toEqual({ calls: [], exitCode: 0 });
    const listed = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+).* {2}\S/gm)].map(([, option]) => option);
    expect(listed.sort()).toEqual([...options, '--help'].sort());
  });

  test('--help lists the commands and presets are named', async () => {
    expect(await twin('--help')).toEqual({ calls: [], exitCode: 0 });
    for (const command of ['up', 'run', 'balancer'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    await twin('run', '--help');
    expect(stdout).toContain('load-driven, fargate-alb');
    expect(stdout).toContain('headline');
    expect(stderr).toBe('');
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
    [['down'], "unknown command 'down'"],
    [['balancer'], "required option '--target <url>' not specified"],
    [[], 'Usage: twin'],
  ])('%j is refused with %j on stderr, before anything starts', async (args, message) => {
    expect(await twin(...args)).toEqual({ calls: [], exitCode: usageExitCode });
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });
});
