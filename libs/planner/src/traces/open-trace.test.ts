import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { openTrace } from './open-trace.ts';

const folder = mkdtempSync(join(tmpdir(), 'planner-trace-'));
let count = 0;

function file(content: string | Uint8Array, extension = 'csv'): string {
  count += 1;
  const path = join(folder, `trace-${count}.${extension}`);
  writeFileSync(path, content);
  return path;
}

const codes = ({ remarks }: { readonly remarks: readonly { readonly code: string }[] }): string[] =>
  remarks.map(({ code }) => code);

const minutes = (...rows: readonly string[]): string => `time,requests\n${rows.join('\n')}\n`;
const at = (minute: number, value: number | string, suffix = 'Z'): string =>
  `2026-03-01T08:${String(minute).padStart(2, '0')}:00${suffix},${value}`;

describe('a CSV file', () => {
  test('of counts by five minutes becomes rates', async () => {
    const path = file(
      'timestamp,value\n2014-04-10 00:04:00,300\n2014-04-10 00:09:00,600\n2014-04-10 00:14:00,0\n',
    );
    const trace = await openTrace(path);
    expect(trace).toMatchObject({
      name: `trace-${count}.csv`,
      startedAt: new Date('2014-04-10T00:04:00Z'),
      stepSeconds: 300,
      requestsPerSecond: [1, 2, 0],
    });
    expect(codes(trace)).toEqual(['TL-TRACE-ZONE-ASSUMED', 'TL-TRACE-UNIT-ASSUMED']);
  });

  test.each([
    ['semicolons, no header', '2026-03-01T08:00:00Z;60\n2026-03-01T08:01:00Z;120\n', { unit: 'count' }],
    [
      'tabs, a byte order mark, returns',
      '\ufefftime\tcount\r\n2026-03-01T08:00:00Z\t60\r\n2026-03-01T08:01:00Z\t120',
      {},
    ],
    [
      'quoted fields',
      '"time","requests, all"\n"2026-03-01T08:00:00Z","60"\n"2026-03-01T08:01:00Z","120"\n',
      {},
    ],
    ['seconds since 1970', 'ts,count\n1772352000,60\n1772352060,120\n', {}],
    ['milliseconds since 1970', 'ts,count\n1772352000000,60\n1772352060000,120\n', {}],
    ['offsets', 'time,count\n2026-03-01T09:00:00+01:00,60\n2026-03-01T09:01:00+0100,120\n', {}],
    ['rates by name', 'time,requests_per_second\n2026-03-01T08:00Z,1\n2026-03-01T08:01Z,2\n', {}],
    ['rates per minute by name', 'time,rpm\n2026-03-01T08:00Z,60\n2026-03-01T08:01Z,120\n', {}],
    [
      'a rate per hour among other columns',
      'time,cpu,requests_per_hour\n2026-03-01T08:00Z,3,3600\n2026-03-01T08:01Z,4,7200\n',
      {},
    ],
    ['returns alone', 'time,count\r2026-03-01T08:00Z,60\r2026-03-01T08:01Z,120\r', {}],
    ['rates by option', 'time,count\n2026-03-01T08:00Z,1\n2026-03-01T08:01Z,2\n', { unit: 'rate' }],
    ['local times', 'time,count\n2026-03-01 09:00,60\n2026-03-01 09:01,120\n', { zone: 'Europe/Madrid' }],
    [
      'a column by name',
      'a,time,b\n1,2026-03-01T08:00Z,60\n1,2026-03-01T08:01Z,120\n',
      { column: 'b', unit: 'count' },
    ],
    [
      'a column by number',
      'a,time,b\n1,2026-03-01T08:00Z,60\n1,2026-03-01T08:01Z,120\n',
      { column: '3', unit: 'count' },
    ],
    ['another delimiter', 'time^count\n2026-03-01T08:00Z^60\n2026-03-01T08:01Z^120\n', { delimiter: '^' }],
    [
      'a comment and blank lines',
      '# made by hand\n\ntime,count\n2026-03-01T08:00Z,60\n\n2026-03-01T08:01Z,120\n',
      {},
    ],
  ] as const)('with %s is read', async (_, content, options) => {
    const { startedAt, stepSeconds, requestsPerSecond, remarks } = await openTrace(file(content), options);
    expect({ startedAt, stepSeconds, requestsPerSecond, remarks }).toEqual({
      startedAt: new Date('2026-03-01T08:00:00Z'),
      stepSeconds: 60,
      requestsPerSecond: [1, 2],
      remarks: [],
    });
  });

  test('with a delimiter too many at the end of its rows is read', async () => {
    const trace = await openTrace(file(minutes(at(0, '60,'), at(1, '120, '))));
    expect(trace).toMatchObject({ requestsPerSecond: [1, 2], remarks: [] });
  });

  test('that is compressed is read', async () => {
    const path = file(gzipSync(minutes(at(0, 60), at(1, 120))), 'csv.gz');
    expect((await openTrace(path)).requestsPerSecond).toEqual([1, 2]);
  });

  test('that is cut off in its gzip is refused', async () => {
    const whole = gzipSync(minutes(...Array.from({ length: 50 }, (_, index) => at(index, index * 7919))));
    await expect(openTrace(file(whole.subarray(0, whole.length - 20)))).rejects.toThrow(
      /TL-TRACE-GZIP .* cut off or damaged/,
    );
  });

  test.each([
    ['', 'TL-TRACE-EMPTY'],
    ['time,count\n', 'TL-TRACE-EMPTY'],
    [minutes(at(0, 5)), 'TL-TRACE-SHORT got one value'],
    [minutes(at(0, 5), at(1, 'many')), ':3: got the value "many"'],
    [minutes(at(0, 5), at(1, '"1,250"')), 'nothing between thousands'],
    [minutes(at(0, 5), at(1, 'Infinity')), 'TL-TRACE-NUMBER'],
    [minutes(at(0, 5), at(1, '0x10')), ':3: got the value "0x10"'],
    [minutes(at(0, 5), at(1, '1e308')), 'TL-TRACE-NUMBER'],
    [minutes(at(0, 5), at(1, '1,250')), ':3: got 3 fields, and 2 in the first row'],
    [minutes(at(0, 5), at(1, -1)), 'TL-TRACE-NEGATIVE'],
    [minutes(at(0, 5), at(1, 6, '')), ':2 one with it'],
    [minutes(at(0, 5), 'yesterday,5'), ':3: got the time "yesterday"'],
    [minutes(at(0, 5), '2026-02-30T08:00:00Z,5'), 'TL-TRACE-TIME'],
    [
      minutes(at(0, 5), at(0, 6)),
      'TL-TRACE-DUPLICATE 2026-03-01T08:00:00.000Z occurs twice, with the values 5 and 6',
    ],
    [minutes(at(0, 5), '2026-03-01T08:01:00Z'), ':3: got 1 fields'],
    [minutes(at(0, 5), '"2026-03-01T08:01:00Z,5'), 'a quote is not closed'],
    [
      'time,cpu,requests_a,requests_b\n2026-03-01T08:00Z,1,2,3\n',
      'several columns may hold the values: "cpu"',
    ],
    ['a,b\n1,2\n', 'no column with times'],
    ['just text\nmore text\n', 'TL-TRACE-COLUMN'],
    [minutes(at(0, 5), at(1, 5), at(7, 3), at(8, 9)), 'TL-TRACE-GAP 5 of 9 steps of 60 s have no value'],
    [minutes(at(0, 5), at(1, 5), at(2, 5), '9026-03-01T08:00:00Z,5'), 'TL-TRACE-LENGTH'],
    [minutes(at(0, 1), at(1, 1), at(7, 1), at(20, 1), at(50, 1)), 'TL-TRACE-PERIOD'],
    [new Uint8Array([0xff, 0xfe, 0x74, 0, 0x69, 0]), 'TL-TRACE-FORMAT'],
  ])('that cannot be used is refused: %j', async (content, message) => {
    const opened = openTrace(file(content));
    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.toMatchObject({
      name: 'UsageError',
      code: expect.stringMatching(/^TL-TRACE-/),
    });
  });

  test.each([
    [{ column: 'reqests' }, 'no column "reqests", did you mean "requests"?'],
    [{ column: '7' }, 'a number from 1 to 2'],
    [{ zone: 'Europe/Madird' }, 'TL-TRACE-ZONE --trace-zone: got "Europe/Madird"'],
    [{ gaps: 'refuse' }, 'TL-TRACE-GAP 1 of 4 steps'],
    [{ scale: 0 }, 'TL-TRACE-OPTION --scale: got 0'],
  ] as const)('is refused with %j', async (options, message) => {
    await expect(openTrace(file(minutes(at(0, 5), at(1, 6), at(3, 7))), options)).rejects.toThrow(message);
  });
});

describe('a repair is said', () => {
  test('where rows are unordered or repeated', async () => {
    const trace = await openTrace(file(minutes(at(2, 180), at(0, 60), at(1, 120), at(0, 60))));
    expect(trace.requestsPerSecond).toEqual([1, 2, 3]);
    expect(codes(trace)).toEqual(['TL-TRACE-UNORDERED', 'TL-TRACE-REPEATED']);
  });

  test.each([
    ['sum', [3, 2]],
    ['last', [2, 2]],
  ] as const)('where duplicates are to be put together by %s', async (duplicates, expected) => {
    const path = file(minutes(at(0, 60), at(0, 120), at(1, 120)));
    const trace = await openTrace(path, { duplicates });
    expect(trace.requestsPerSecond).toEqual(expected);
    expect(codes(trace)).toEqual(['TL-TRACE-REPEATED']);
  });

  test('where values are missing: a short gap lies on a line', async () => {
    const trace = await openTrace(file(minutes(at(0, 60), at(1, 'NaN'), at(2, ''), at(3, 240), at(4, 60))));
    expect(trace.requestsPerSecond).toEqual([1, 2, 3, 4, 1]);
    expect(codes(trace)).toEqual(['TL-TRACE-BLANK', 'TL-TRACE-GAP-FILLED']);
  });

  test('where a day is missing: it gets the mean of the days around it', async () => {
    const rows = Array.from({ length: 72 }, (_, hour) => ({
      hour,
      value: 3600 * (hour % 24) * (hour < 24 ? 1 : 3),
    }))
      .filter(({ hour }) => hour < 24 || hour >= 48)
      .map(({ hour, value }) => `${new Date(Date.UTC(2026, 2, 1, hour)).toISOString()},${value}`);
    const trace = await openTrace(file(minutes(...rows)));
    expect(trace.requestsPerSecond).toHaveLength(72);
    expect(trace.requestsPerSecond[24 + 5]).toBe(10);
    expect(trace.remarks).toEqual([
      {
        code: 'TL-TRACE-GAP-FILLED',
        message:
          'nothing is known from 2026-03-02T00:00:00.000Z to 2026-03-03T00:00:00.000Z (24 steps): the rates of the same times one day before and after were put in',
      },
    ]);
  });

  test('where times have a jitter: no request is lost', async () => {
    const offsets = [0, 61, 119, 182, 240, 299, 360];
    const rows = offsets.map((offset) => `${1_772_352_000 + offset},60`);
    const trace = await openTrace(file(minutes(...rows)));
    expect(trace.stepSeconds).toBe(60);
    expect(trace.requestsPerSecond.reduce((sum, rate) => sum + rate * 60, 0)).toBeCloseTo(60 * 7);
    expect(codes(trace)).toEqual(['TL-TRACE-IRREGULAR']);
  });

  test('where events have no period and one is given: they are counted', async () => {
    const rows = [0, 3, 17, 80, 200].map((offset) => `${1_772_352_000 + offset},30`);
    const trace = await openTrace(file(minutes(...rows)), { periodSeconds: 60 });
    expect(trace.requestsPerSecond).toEqual([1.5, 0.5, 0, 0.5]);
    expect(codes(trace)).toEqual(['TL-TRACE-IRREGULAR']);
  });

  test('where values are put together into longer steps, none is', async () => {
    const path = file(minutes(at(0, 60), at(1, 180), at(2, 0), at(3, 120)));
    const trace = await openTrace(path, { periodSeconds: 120 });
    expect(trace).toMatchObject({ stepSeconds: 120, requestsPerSecond: [2, 1], remarks: [] });
  });

  test('where offsets differ', async () => {
    const trace = await openTrace(file(minutes(at(0, 60), '2026-03-01T09:01:00+01:00,120')));
    expect(trace.requestsPerSecond).toEqual([1, 2]);
    expect(trace.remarks[0]?.message).toContain('+00:00, +01:00');
  });
});

describe('local times', () => {
  const zone = 'Europe/Madrid';
  const hourly = (times: readonly string[]): string => minutes(...times.map((time) => `${time},3600`));

  test('shown twice in autumn are told apart by their order', async () => {
    const times = ['2026-10-25 01:00', '2026-10-25 02:00', '2026-10-25 02:00', '2026-10-25 03:00'];
    const trace = await openTrace(file(hourly(times)), { zone });
    expect(trace).toMatchObject({
      startedAt: new Date('2026-10-24T23:00Z'),
      requestsPerSecond: [1, 1, 1, 1],
    });
    expect(codes(trace)).toEqual(['TL-TRACE-DST']);
  });

  test('have no gap where clocks go forward', async () => {
    const times = ['2026-03-29 00:00', '2026-03-29 01:00', '2026-03-29 03:00', '2026-03-29 04:00'];
    const trace = await openTrace(file(hourly(times)), { zone });
    expect(trace).toMatchObject({ requestsPerSecond: [1, 1, 1, 1], remarks: [] });
  });

  test('that clocks never show are refused', async () => {
    await expect(openTrace(file(hourly(['2026-03-29 01:00', '2026-03-29 02:30'])), { zone })).rejects.toThrow(
      ':3: clocks of Europe/Madrid never show 2026-03-29 02:30',
    );
  });
});

describe('a source', () => {
  test('is a shape where it has the name of one, with parameters', async () => {
    const trace = await openTrace('constant:requestsPerSecond=7,days=0.01', { scale: 2 });
    expect(trace).toMatchObject({
      name: 'constant',
      stepSeconds: 60,
      remarks: [{ code: 'TL-TRACE-SCALED' }],
    });
    expect(new Set(trace.requestsPerSecond)).toEqual(new Set([14]));
    expect(trace.requestsPerSecond).toHaveLength(14);
  });

  test('is a folder or a pattern of files of one format', async () => {
    const below = join(folder, 'parts', 'deep');
    mkdirSync(below, { recursive: true });
    writeFileSync(join(folder, 'parts', 'a.csv'), minutes(at(0, 60), at(1, 120)));
    writeFileSync(join(below, 'b.csv'), minutes(at(2, 180)));
    for (const source of [
      join(folder, 'parts'),
      join(folder, 'parts', '**', '*.csv'),
      join(folder, 'p?rts/**'),
    ])
      expect((await openTrace(source)).requestsPerSecond).toEqual([1, 2, 3]);
    expect((await openTrace(join(folder, 'parts', '*.csv'))).requestsPerSecond).toEqual([1, 2]);
    writeFileSync(join(below, 'c.json'), '{}');
    await expect(openTrace(join(folder, 'parts'))).rejects.toThrow(
      'TL-TRACE-FORMAT got files of different formats',
    );
  });

  test.each([
    ['weakly', 'did you mean weekly?'],
    ['./daily', 'TL-TRACE-SOURCE ./daily: cannot be read'],
    [`${folder}/*.none`, 'no file matches'],
    ['daily:hihg=3', 'no parameter "hihg", did you mean high?'],
    [
      'daily:high=-3',
      'got high=-3 (highest rate of a day, requests per second); allowed are numbers from 0 to',
    ],
    ['daily:high=much', 'allowed are parameters with numbers'],
  ])('that is not there is refused: %s', async (source, message) => {
    await expect(openTrace(source)).rejects.toThrow(message);
  });
});
