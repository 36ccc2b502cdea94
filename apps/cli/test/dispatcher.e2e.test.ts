import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findExecutable } from '@tideline/process';
import { plainVariables, run, tideline, workspaceRoot } from './run-tideline.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('tideline', () => {
  test.each([
    [['--help'], 0, /^Usage: tideline <command>/],
    [['--version'], 0, /^tideline \d+\.\d+\.\d+/],
    [['cost', '--help'], 0, /^Usage: tideline cost \[options\]/],
    [['help', 'up'], 0, /^Usage: tideline up \[options\]/],
    [['deploy', '--help'], 0, /^Usage: tideline deploy \[options\][\s\S]* --first /],
    [['pipeline', 'plan', '--help'], 0, /^Usage: tideline pipeline plan \[options\]/],
    [['load', '--help'], 0, /^Usage: tideline load \[options\]/],
  ])('%j answers with %i on standard output', async (args, exitCode, stdout) => {
    const ended = await tideline(args, { cwd: folder });
    expect(ended).toEqual({ exitCode, stdout: expect.stringMatching(stdout), stderr: '' });
  });

  test.each([
    [['uq'], 2, /^tideline: unknown command 'uq'; did you mean "up"\?/],
    [['up', '--sped', '3'], 2, /^tideline up: unknown option '--sped' \(Did you mean --speed\?\)/],
    [['cost', '--set', 'capacity.mx=3'], 2, /^tideline cost: TL-CONFIG-UNKNOWN-FIELD /],
    [['deploy', '--first', '--where-deployed'], 2, /^tideline deploy: .*cannot be used with/],
    [['completion', 'tcsh'], 2, /^tideline completion: .*Allowed choices are bash, zsh, fish/],
  ])('%j ends with %i, in the words of what was typed', async (args, exitCode, stderr) => {
    const ended = await tideline(args, { cwd: folder });
    expect(ended).toEqual({ exitCode, stdout: '', stderr: expect.stringMatching(stderr) });
  });

  test('the first deployment is that of the pipeline’s init', async () => {
    const args = ['deploy', '--first', '--dry-run', '--json', '--preset', 'load-driven'];
    const { exitCode, stdout } = await tideline(args, { cwd: folder });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'init' });
  });

  test('npm run tideline starts it, and messages say so', async () => {
    const args = ['run', '--silent', 'tideline', '--', 'cost', '--help'];
    const { stdout } = await run('npm', args, { cwd: workspaceRoot });
    expect(stdout).toMatch(/^Usage: npm run tideline -- cost \[options\]/);
  });

  test('synth lists the stacks that it wrote', async () => {
    const variables = { AWS_ACCOUNT_ID: '123456789012' };
    const args = ['synth', '--preset', 'fargate-alb', '--out', join(folder, 'out')];
    // The workspace’s lock file is found from its root.
    const { exitCode, stdout, stderr } = await tideline(args, { cwd: workspaceRoot, variables });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^The stacks, in the order of deployment:\n {2}state .*\n(?: .*\n)* {2}service .*after /,
    );
  });
});

describe('doctor', () => {
  test('asks AWS only with --aws, and fails for a deployment without an account', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end('<Arn>arn:aws:iam::123456789012:user/me</Arn>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const variables = {
      ...{ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-shown', HOME: folder },
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };
    const up = await tideline(['doctor'], { cwd: folder, variables });
    expect([up.exitCode, asked]).toEqual([0, 0]);
    const deploy = await tideline(['doctor', '--for', 'deploy', '--aws', '--json'], {
      cwd: folder,
      variables,
    });
    server.close();
    expect(asked).toBeGreaterThan(1);
    expect(deploy.exitCode).toBe(1);
    expect(`${up.stdout}${deploy.stdout}`).not.toContain('not-shown');
    expect(JSON.parse(deploy.stdout)).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ id: 'identity', ok: true })]),
    });
  });
});

describe('completion', () => {
  const script = async (shell: string): Promise<string> => {
    const file = join(folder, `completion.${shell}`);
    await writeFile(file, (await tideline(['completion', shell], { cwd: folder })).stdout);
    return file;
  };
  // A script is parsed by its own shell where that is installed; bash is everywhere that the suites run.
  const shells = ['bash', 'zsh', 'fish'].filter(
    (shell) => findExecutable(shell, process.env.PATH ?? '') !== undefined,
  );

  test.each(shells)('%s parses its script', async (shell) => {
    const { status, stderr } = spawnSync(shell, ['-n', await script(shell)], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each([
    [['de'], ['deploy', 'destroy']],
    [['up', '--spe'], ['--speed']],
    [['up', '--preset', 'fl'], ['flash-sale']],
    [['pipeline', 'sm'], ['smoke']],
    [['completion', 'f'], ['fish']],
    [['up', '--json', '--contr'], ['--control-port']],
  ])('bash completes %j to %j', async (typed, replies) => {
    const words = ['tideline', ...typed].map((word) => `'${word}'`).join(' ');
    const shell = `source '${await script('bash')}'; COMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _tideline; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['--norc', '-c', shell], {
      encoding: 'utf8',
      env: plainVariables(),
    });
    expect(stdout.trim().split('\n')).toEqual(replies);
  });
});
