import { expect, test } from '@jest/globals';
import { unjudgedRun } from '../../test/unjudged-run.ts';
import { RunRecordError, parseRunRecord } from './parse-run-record.ts';

const record = { ...unjudgedRun, verdict: { passed: true, checks: [] } };

const errorOf = (json: unknown): RunRecordError => {
  try {
    parseRunRecord(json);
  } catch (error) {
    if (error instanceof RunRecordError) return error;
  }
  throw new Error('expected a RunRecordError');
};

test('a valid record comes back unchanged', () => {
  expect(parseRunRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
});

test.each([null, 7, 'text', [], {}])('%j is not a run record', (json) => {
  expect(errorOf(json).code).toBe('TL-RECORD-MALFORMED');
});

test('a record of another version is refused with both versions', () => {
  const error = errorOf({ ...record, schemaVersion: 2 });
  expect(error.code).toBe('TL-RECORD-VERSION');
  expect(error.message).toContain('schemaVersion 2, this version of Tideline reads 1');
});

test('a malformed record is refused with the place', () => {
  const error = errorOf({ ...record, load: { ...record.load, requests: -1 } });
  expect(error.code).toBe('TL-RECORD-MALFORMED');
  expect(error.message).toContain('load.requests: ');
});

test('only the first few places of a badly malformed record are listed', () => {
  expect(errorOf({ schemaVersion: 1 }).message).toMatch(/\n {2}and \d+ more$/);
});

test('what is no run record is told which file to give', () => {
  expect(errorOf({}).message).toBe(
    'TL-RECORD-MALFORMED not a run record: expected an object with schemaVersion 1; give the path of a run-record.json',
  );
  expect(errorOf({}).name).toBe('RunRecordError');
});

test('five problems are listed, and of more than five how many', () => {
  const places = ['minTasks', 'maxTasks', 'peakRunning', 'finalRunning', 'timeline', 'activities'] as const;
  const linesOf = (count: number) => {
    const wrong = Object.fromEntries(places.slice(0, count).map((place) => [place, 'wrong']));
    const error = errorOf({ ...record, scaling: { ...record.scaling, ...wrong } });
    expect(error.cause).toMatchObject({ name: 'ZodError' });
    return error.problem.split('\n');
  };
  expect(linesOf(5)).toHaveLength(6);
  expect(linesOf(5)[0]).toBe('run record is malformed; write it again with a new run:');
  expect(linesOf(6)).toHaveLength(7);
  expect(linesOf(6).at(-1)).toBe('  and 1 more');
});
