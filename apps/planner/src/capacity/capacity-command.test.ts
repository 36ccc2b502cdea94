import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runInMemory } from '@tideline/process/testing';
import { MissingBundleError } from '../processes/bundles.ts';
import { exitCodeOf } from '../processes/exit-code-of.ts';
import { ProcessError } from '../processes/process-error.ts';
import { plannerProgram } from '../cli/program.ts';

const refused = async (...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await runInMemory(plannerProgram, ['capacity', ...args]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at /m);
  return stderr;
};

describe('capacity refuses', () => {
  test.each([
    [['--slo', 'p99=fast'], /TL-CAPACITY-SLO --slo p99=fast: .* allowed: pN=TIME/],
    [['--headroom', '95'], /--headroom.*Allowed: a number from 0 to 90/],
    [['--seconds', '5'], /--seconds.*Allowed: a number from 20 to 7200/],
    [['--from', 'awz'], /Did you mean "aws"\?/i],
    [['--from', 'aws', '--url', 'http://127.0.0.1:9'], /TL-CAPACITY-SOURCE got --from aws and --url/],
    [['--control', 'http://127.0.0.1:9'], /TL-CAPACITY-SOURCE got --control .* without --url/],
    [['--allow-remote'], /TL-CAPACITY-SOURCE got --allow-remote without --url/],
    [['--days', '3'], /TL-CAPACITY-SOURCE got --days 3 without --from aws/],
    [['--url', 'ftp://x'], /Allowed: an http or https URL/],
    [['--out', tmpdir()], /TL-WRITE-PLACE --out .* is a folder; .*name a file/],
    [['--out', '/no-such-folder/capacity.json'], /TL-WRITE-PLACE --out .*\/no-such-folder does not exist/],
  ])('%j', async (args, why) => {
    expect(await refused(...args)).toMatch(why);
  });
});

test('what a started program did wrong is said without a stack', () => {
  expect(exitCodeOf(new ProcessError('the twin did not start'))).toBe(1);
  expect(exitCodeOf(new MissingBundleError('main.mjs is missing'))).toBe(2);
  expect(exitCodeOf(new Error('a fault'))).toBeUndefined();
});

test('docs/reference/capacity.md lists every code and option of capacity', async () => {
  const workspace = join(import.meta.dirname, '../../../..');
  const document = readFileSync(join(workspace, 'docs/reference/capacity.md'), 'utf8');
  const sources = ['apps/planner/src', 'libs/planner/src'].flatMap((folder) =>
    readdirSync(join(workspace, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(workspace, folder, file), 'utf8')),
  );
  const codes = new Set(sources.flatMap((source) => source.match(/TL-CAPACITY-[A-Z-]*[A-Z]/g) ?? []));
  const listed = [...document.matchAll(/^\| `(TL-CAPACITY-[A-Z-]+)` /gm)].map(([, code]) => code);
  expect(listed.sort()).toEqual([...codes].sort());
  const { stdout } = await runInMemory(plannerProgram, ['capacity', '--help']);
  const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, long = '']) => long);
  for (const option of options.filter((one) => !['--version', '--help'].includes(one)))
    expect(document).toContain(`\`${option}`);
});
