import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Release } from './release.ts';
import { ReleaseJournal, explainInterruption, versionToResume } from './release-journal.ts';

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
const journal = (): ReleaseJournal => new ReleaseJournal(join(folder, 'reports', 'release-api.json'));

/** What the next session finds. */
function found(...notes: readonly Release[]) {
  for (const note of notes) journal().note(note);
  const taken = journal().take();
  if (taken === undefined) throw new Error('nothing was found');
  return taken;
}

describe('after a session that ended in the middle of a shift', () => {
  test('the version that was the service is started, and the shares are said', () => {
    const taken = found(release());
    expect(versionToResume(taken.entry)).toEqual({ version: '1', variables: {} });
    expect(explainInterruption(taken)).toContain(
      'The last session ended in the middle of deployment d-1 (InProgress): version 1 had 90 % of the traffic and version 2 10 %. Not all traffic had moved, so version 1 is still the service: starting version 1 with all of the traffic',
    );
  });

  test('it is found once, and kept', async () => {
    found(release());
    expect(journal().take()).toBeUndefined();
    expect(await readdir(join(folder, 'reports'))).toEqual(['release-api-d-1.json']);
  });
});

test('after a session that ended in the bake time, the new version is started with its variables', () => {
  const ready = release({ status: 'Ready', shifts: [{ atSeconds: 60, percent: 100 }] });
  expect(versionToResume(found(release(), ready).entry)).toEqual({
    version: '2',
    variables: { COLOUR: 'green' },
  });
});

test('after a release that ended, nothing is found', () => {
  journal().note(release());
  journal().note(release({ status: 'Succeeded', endedAtSeconds: 900 }));
  expect(journal().take()).toBeUndefined();
});
