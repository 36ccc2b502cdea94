import { describe, expect, test } from '@jest/globals';
import { type AlarmRule, breaches, evaluateAlarm, visibleDatapoints } from './alarm.ts';

const threeOfThree: AlarmRule = {
  comparison: '>',
  threshold: 50,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  periodSeconds: 60,
  rangeDatapoints: 5,
  treatMissingData: 'missing',
  prematureAlarm: 'evaluation-range',
  tooFewDatapoints: 'retained',
};
const twoOfThree: AlarmRule = { ...threeOfThree, datapointsToAlarm: 2 };

/** `X` breaches, `0` does not, `-` is missing; the newest period comes last and starts at 240. */
function series(pattern: string) {
  return pattern.split(' ').flatMap((mark, index, marks) => {
    const startSeconds = 240 - (marks.length - 1 - index) * 60;
    return mark === '-' ? [] : [{ startSeconds, value: mark === 'X' ? 51 : 50 }];
  });
}

/** The four columns of the guide’s tables; `kept` is “Retain current state”. */
const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const states = { OK: 'OK', ALARM: 'ALARM', INSUFFICIENT: 'INSUFFICIENT_DATA', kept: null } as const;
type Row = readonly [pattern: string, ...columns: (keyof typeof states)[]];

function agreesWithTable(rule: AlarmRule, rows: readonly Row[]): void {
  test.each(
    rows.flatMap(([pattern, ...columns]) => treatments.map((t, i) => [pattern, t, columns[i]!] as const)),
  )('%s with %s is %s', (pattern, treatMissingData, expected) => {
    expect(evaluateAlarm({ ...rule, treatMissingData }, series(pattern), 240)).toBe(states[expected]);
  });
}

describe('the first table of the CloudWatch guide: 3 out of 3, evaluation range of 5', () => {
  agreesWithTable(threeOfThree, [
    ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 'INSUFFICIENT', 'kept', 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', 'kept', 'ALARM', 'OK'],
  ]);
});

describe('the second table: 2 out of 3, evaluation range of 5', () => {
  agreesWithTable(twoOfThree, [
    ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 'ALARM', 'kept', 'ALARM', 'OK'],
  ]);
});

describe('the last row of the guide’s first table as it was until 2021', () => {
  agreesWithTable(threeOfThree, [['X - - - -', 'ALARM', 'kept', 'ALARM', 'OK']]);
});

describe('the guide’s text on premature transitions', () => {
  agreesWithTable(threeOfThree, [
    ['- - - - X', 'kept', 'kept', 'ALARM', 'OK'],
    ['- - - X -', 'kept', 'kept', 'ALARM', 'OK'],
    ['- - - X 0', 'OK', 'OK', 'OK', 'OK'],
    ['- - X - 0', 'OK', 'OK', 'OK', 'OK'],
  ]);

  test('until 2021 the first table had INSUFFICIENT_DATA for a single new datapoint that breaches', () => {
    const rule = { ...threeOfThree, tooFewDatapoints: 'insufficient-data' } as const;
    expect(evaluateAlarm(rule, series('- - - - X'), 240)).toBe('INSUFFICIENT_DATA');
    expect(evaluateAlarm(rule, series('- - X - -'), 240)).toBe('ALARM');
  });

  test.each([
    ['evaluation-range', 'X - - - -', 'ALARM'],
    ['evaluation-range', '- X - - -', 'ALARM'],
    ['evaluation-range', 'X - - X -', 'ALARM'],
    ['evaluation-periods', 'X - - - -', null],
    ['evaluation-periods', '- X - - -', null],
    ['evaluation-periods', 'X - - X -', null],
    ['evaluation-periods', '- - X - -', 'ALARM'],
  ] as const)(
    'with the oldest breaching datapoint in the %s, %s is %s',
    (prematureAlarm, pattern, expected) => {
      expect(evaluateAlarm({ ...threeOfThree, prematureAlarm }, series(pattern), 240)).toBe(expected);
    },
  );
});

describe('a release alarm of 2 out of 2, evaluation range of 4', () => {
  const twoOfTwo = { ...threeOfThree, evaluationPeriods: 2, datapointsToAlarm: 2, rangeDatapoints: 4 };
  agreesWithTable(twoOfTwo, [
    ['- - X -', 'ALARM', 'kept', 'ALARM', 'OK'],
    ['- - X X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - 0 X', 'OK', 'OK', 'OK', 'OK'],
  ]);
});

describe('real datapoints come before filled ones', () => {
  test.each([
    [threeOfThree, 'X X X X X', 'ALARM'],
    [threeOfThree, 'X X 0 X X', 'OK'],
    [threeOfThree, 'X X X X 0', 'OK'],
    [threeOfThree, 'X X X 0 -', 'OK'],
    [twoOfThree, 'X X 0 0 X', 'OK'],
    [twoOfThree, 'X X 0 X -', 'ALARM'],
  ] as const)('%o: %s is %s, whatever missing data count as', (rule, pattern, expected) => {
    for (const treatMissingData of treatments)
      expect(evaluateAlarm({ ...rule, treatMissingData }, series(pattern), 240)).toBe(expected);
  });
});

const valuesSeen = (pattern: string, newestStartSeconds = 240) =>
  visibleDatapoints(threeOfThree, series(pattern), newestStartSeconds).map(({ value }) => value);

describe('what an alarm looks at', () => {
  test('a datapoint older than the evaluation range is not there', () => {
    expect(evaluateAlarm(threeOfThree, series('0 - - - - -'), 240)).toBe('INSUFFICIENT_DATA');
    expect(evaluateAlarm(threeOfThree, series('0 - - - -'), 240)).toBe('OK');
  });

  test('a datapoint newer than the newest visible period is not there yet', () => {
    expect(evaluateAlarm(threeOfThree, series('X X X 0'), 180)).toBe('ALARM');
    expect(valuesSeen('X X X 0', 180)).toEqual([51, 51, 51]);
  });

  test('the newest N real datapoints of the range are what policies work with, newest first', () => {
    expect(valuesSeen('0 X X - X')).toEqual([51, 51, 51]);
    expect(valuesSeen('X 0 - - X')).toEqual([51, 50, 51]);
    expect(valuesSeen('0 - - - X')).toEqual([51, 50]);
    expect(valuesSeen('X - - - - -')).toEqual([]);
  });

  test.each([
    ['>', 50, 'OK'],
    ['>=', 50, 'ALARM'],
    ['<', 50, 'OK'],
    ['<=', 50, 'ALARM'],
  ] as const)('%s compares a value at the threshold', (comparison, value, expected) => {
    const rule = { ...threeOfThree, comparison, evaluationPeriods: 1, datapointsToAlarm: 1 };
    expect(evaluateAlarm(rule, [{ startSeconds: 240, value }], 240)).toBe(expected);
  });
});

test.each([
  ['>', [false, false, true]],
  ['>=', [false, true, true]],
  ['<', [true, false, false]],
  ['<=', [true, true, false]],
] as const)('a value breaches %s below, at and above the threshold: %p', (comparison, expected) => {
  expect([49, 50, 51].map((value) => breaches({ ...threeOfThree, comparison }, value))).toEqual(expected);
});
