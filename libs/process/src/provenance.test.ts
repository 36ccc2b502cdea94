import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { provenance } from './provenance.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'provenance-'));
/** Whoever runs the tests may have no name in git, or sign every commit. */
const author = ['user.name=test', 'user.email=test@example.com', 'commit.gpgsign=false'].flatMap(
  (setting) => ['-c', setting],
);
const git = (cwd: string, ...command: string[]): string =>
  execFileSync('git', [...author, ...command], { cwd, encoding: 'utf8' }).trim();

describe('provenance', () => {
  test('names the commit, and says when the tree differs from it', async () => {
    const checkout = folder();
    git(checkout, 'init', '--quiet');
    git(checkout, 'commit', '--quiet', '--allow-empty', '--message', 'first');
    const head = git(checkout, 'rev-parse', 'HEAD');
    expect(await provenance(checkout)).toMatchObject({ commit: head, node: process.version });
    writeFileSync(join(checkout, 'new'), '');
    expect((await provenance(checkout)).commit).toBe(`${head}-dirty`);
  });

  test('is of an unknown commit outside a checkout, and still of a machine', async () => {
    const { commit, cpus, memoryMiB } = await provenance(folder());
    expect(commit).toBe('unknown');
    expect(cpus).toBeGreaterThanOrEqual(1);
    expect(memoryMiB).toBeGreaterThan(0);
  });
});
