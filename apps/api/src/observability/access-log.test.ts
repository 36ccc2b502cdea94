import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { createAccessLog, type Access } from './access-log.ts';

const access: Access = {
  requestId: 'r-1',
  traceId: 'Root=1-2-3',
  span: undefined,
  method: 'GET',
  url: '/host?token=secret',
  route: '/host',
  status: 200,
  durationMs: 1.23456,
};

function lineOf(given: Access): string {
  const lines: string[] = [];
  createAccessLog({ taskId: 'task-1', write: (line) => lines.push(line), now: () => 1_767_000_000_000 })(
    given,
  );
  return lines.join('');
}

describe('access log', () => {
  test('writes the line that pino would write', () => {
    const lines: string[] = [];
    const logger = pino(
      { base: null, timestamp: () => ',"time":1767000000000' },
      { write: (line: string) => lines.push(line) },
    ).child({ taskId: 'task-1' });
    const { url, durationMs, ...facts } = access;
    expect([url, durationMs]).toEqual(['/host?token=secret', 1.23456]);
    logger.info({ ...facts, path: '/host', durationMs: 1.235 }, 'request');
    expect(JSON.parse(lineOf(access))).toEqual(JSON.parse(lines.join('')));
  });

  test('is one line of JSON, whatever the client sent', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (traceId, path) => {
        const line = lineOf({ ...access, traceId, url: path });
        const parsed = JSON.parse(line) as Record<string, unknown>;
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(parsed).toMatchObject({ traceId, path: path.split('?', 1)[0] });
      }),
    );
  });

  test.each([
    [0, '0'],
    [0.0004, '0'],
    [0.0006, '0.001'],
    [0.12, '0.12'],
    [1.5, '1.5'],
    [999.9996, '1000'],
    [61_000.25, '61000.25'],
  ])('writes %d milliseconds as %s', (durationMs, text) => {
    expect(lineOf({ ...access, durationMs })).toContain(`"durationMs":${text},`);
  });

  test('writes any duration as the number that it is, to the microsecond', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), (durationMs) => {
        expect(JSON.parse(lineOf({ ...access, durationMs }))).toHaveProperty(
          'durationMs',
          Math.round(durationMs * 1000) / 1000,
        );
      }),
    );
  });

  test('writes the time of each line', () => {
    const times = [5, 5, 6];
    const lines: string[] = [];
    const log = createAccessLog({
      taskId: 't',
      write: (line) => lines.push(line),
      now: () => times.shift() ?? 0,
    });
    for (let count = 0; count < 3; count++) log(access);
    expect(lines.map((line) => (JSON.parse(line) as { time: number }).time)).toEqual([5, 5, 6]);
  });

  test('leaves out a trace id that nobody sent', () => {
    expect(JSON.parse(lineOf({ ...access, traceId: undefined }))).not.toHaveProperty('traceId');
  });
});
