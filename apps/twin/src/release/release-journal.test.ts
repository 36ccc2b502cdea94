import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { markOf } from '../runtimes/processes/process-mark.ts';
import { explainInterruption, versionToResume } from './interruption.ts';
import type { Release } from './release.ts';
import { ReleaseJournal, ReleaseNoteError } from './release-journal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

const release = (over: Partial<Release> = {}): Release => ({
  id: 'd-1',
  status: 'InProgress',
  from: { revision: 1, version: '1', variables: {} },
  to: { revision: 2, version: '2', variables: { COLOUR: 'green' } },
  startedAtSeconds: 0,
  endedAtSeconds: null,
  events: [],
  shifts: [{ atSeconds: 60, percent: 10 }],
  error: null,
  ...over,
});
const file = (): string => join(folder, 'reports', 'release-api.json');
const journal = (): ReleaseJournal => new ReleaseJournal(file());
/** A journal of another process that runs: the one that started this one. */
const others = (): ReleaseJournal => new ReleaseJournal(file(), markOf(process.ppid));

/** What the next twin finds. */
function found(...notes: readonly Release[]) {
  for (const note of notes) journal().note(note);
  const interrupted = journal().find();
  if (interrupted === undefined) throw new Error('nothing was found');
  return interrupted;
}

describe('after a twin that ended in the middle of a shift', () => {
  test('the version that was the service is started, and the shares are said', () => {
    const taken = found(release());
    expect(versionToResume(taken.entry)).toEqual({ version: '1', variables: {} });
    expect(explainInterruption(taken)).toContain(
      'The last twin ended in the middle of deployment d-1 (InProgress): version 1 had 90 % of the traffic and version 2 10 %. Not all traffic had moved, so version 1 is still the service: starting version 1 with all of the traffic',
    );
  });

  test('it is found until it is put aside, and kept', async () => {
    found(release());
    journal().keep(found());
    expect(journal().find()).toBeUndefined();
    expect(await readdir(join(folder, 'reports'))).toEqual(['release-api-d-1.json']);
  });
});

test('after a twin that ended in the bake time, the new version is started with its variables', () => {
  const ready = release({ status: 'Ready', shifts: [{ atSeconds: 60, percent: 100 }] });
  expect(versionToResume(found(release(), ready).entry)).toEqual({
    version: '2',
    variables: { COLOUR: 'green' },
  });
});

test('after a release that ended, nothing is found', () => {
  journal().note(release());
  journal().note(release({ status: 'Succeeded', endedAtSeconds: 900 }));
  expect(journal().find()).toBeUndefined();
});

describe('a note of a twin that still runs', () => {
  test('keeps another one from starting, and says how to go on', () => {
    others().note(release());
    expect(() => journal().find()).toThrow(ReleaseNoteError);
    expect(() => journal().find()).toThrow(
      `Another twin, process ${process.ppid}, is in the middle of deployment d-1, as ${file()} says.`,
    );
  });

  test('is left alone by another one’s release', () => {
    others().note(release());
    expect(journal().note(release({ id: 'd-2' }))).toBe(false);
    expect(journal().note(release({ id: 'd-2', endedAtSeconds: 900 }))).toBe(false);
    expect(others().find()?.entry.deployment).toBe('d-1');
  });

  test('is any twin’s once its process is gone', () => {
    // No system gives a process so high a number.
    new ReleaseJournal(file(), { pid: 2 ** 30 }).note(release());
    expect(journal().find()?.entry.deployment).toBe('d-1');
  });
});

test.each([
  ['half a note', '{"deployment":', /JSON/],
  [
    'something else',
    JSON.stringify({ owner: { pid: 1 }, deployment: 7 }),
    /deployment: Invalid input: expected string/,
  ],
])('%s is refused with the file, the reason and the way on, and left as it is', async (_, text, reason) => {
  await mkdir(join(folder, 'reports'));
  await writeFile(file(), text);
  expect(() => journal().find()).toThrow(ReleaseNoteError);
  expect(() => journal().find()).toThrow(reason);
  expect(() => journal().find()).toThrow(`${file()} should say where the last release stood`);
  expect(() => journal().find()).toThrow('Move it away, or delete it');
  expect(await readFile(file(), 'utf8')).toBe(text);
});
