import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tideline, writeFiles } from './run-tideline.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tideline-init-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function repository(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await writeFiles(folder, files);
  return folder;
}

const manifest = '{ "name": "shop", "scripts": { "start": "node server.js" } }';
const kinds = [
  { kind: 'a start script', files: { 'package.json': manifest }, args: [], file: 'tideline.config.ts' },
  {
    ...{ kind: 'a Dockerfile', files: { Dockerfile: 'FROM x\nEXPOSE 8080\n' }, args: [] },
    file: 'tideline.config.yaml',
  },
  {
    kind: 'a Procfile',
    files: { Procfile: 'web: ./it\n' },
    args: ['--format', 'json'],
    file: 'tideline.config.json',
  },
  {
    ...{ kind: 'a compose file', args: ['--format', 'ts'], file: 'tideline.config.ts' },
    files: { 'compose.yaml': 'services: { web: { image: "nginx:1.29", ports: ["8080:80"] } }\n' },
  },
  {
    ...{
      kind: 'options alone',
      files: {},
      args: ['--command', "./it 'x'", '--port', '81', '--health', '/ok'],
    },
    file: 'tideline.config.yaml',
  },
];

describe.each(kinds)('in a folder with $kind', ({ kind, files, args, file }) => {
  test('init writes a description that resolves, and says what it found where', async () => {
    const cwd = await repository(kind.replaceAll(' ', '-'), files);
    const { exitCode, stdout, stderr } = await tideline(['init', ...args], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^wrote ${file}\n`));
    expect(stdout).toMatch(/^Next: tideline up$/m);
    const doctor = await tideline(['doctor', '--json'], { cwd });
    const { findings } = JSON.parse(doctor.stdout) as {
      readonly findings: readonly { readonly id: string }[];
    };
    expect(findings.find(({ id }) => id === 'description')).toMatchObject({
      ok: true,
      found: expect.stringMatching(/-dev, from preset fargate-alb$/),
    });
  });

  test('a second init changes nothing, and says what is in the way', async () => {
    const cwd = join(root, kind.replaceAll(' ', '-'));
    const before = await readFile(join(cwd, file), 'utf8');
    const { exitCode, stderr } = await tideline(['init', ...args, '--format', 'yaml'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`tideline init: ${file} is there already, and init overwrites nothing.`);
    expect(await readFile(join(cwd, file), 'utf8')).toBe(before);
    expect((await readdir(cwd)).filter((name) => name.startsWith('tideline.config.'))).toEqual([file]);
  });
});

test.each([
  [[], /nothing here says how the service starts: .*--command "…" --port N/],
  [['--dockerfile', 'nowhere'], /there is no file nowhere/],
  [['--command', 'x', '--health', 'ok'], /--health: got "ok"; allowed: a path that starts with \//],
  [['--command', 'x', '--port', '0'], /Allowed: a whole number from 1 to 65535/],
  [['--command', 'x', '--workflows', 'acme/tideline@main'], /all 40 digits of the commit/],
  [['--command', 'x', '--preset', 'fargate'], /fargate/],
])('init %j in an empty folder is refused, and writes nothing', async (args, message) => {
  const cwd = await repository('empty', {});
  const { exitCode, stdout, stderr } = await tideline(['init', ...args], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(await readdir(cwd)).toEqual([]);
});

test('--workflows writes all of its files, or none where one is there', async () => {
  const cwd = await repository('workflows', {
    Procfile: 'web: x\n',
    '.github/workflows/tideline-deploy.yml': 'mine\n',
  });
  const refused = await tideline(['init', '--workflows'], { cwd });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('.github/workflows/tideline-deploy.yml is there already');
  expect(await readdir(cwd)).toEqual(['.github', 'Procfile']);
  await rm(join(cwd, '.github'), { recursive: true });
  const written = await tideline(['init', '--workflows', `acme/tideline@${'a'.repeat(40)}`], { cwd });
  expect(written.exitCode).toBe(0);
  expect(written.stdout).toMatch(
    /^wrote tideline\.config\.yaml, \.github\/workflows\/tideline-deploy\.yml, /,
  );
  expect((await readdir(join(cwd, '.github', 'workflows'))).sort()).toEqual([
    'tideline-deploy.yml',
    'tideline-destroy.yml',
  ]);
});
