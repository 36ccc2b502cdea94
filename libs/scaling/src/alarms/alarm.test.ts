import { describe, expect, test } from '@jest/globals';
import { type AlarmRule, evaluateAlarm, newestDatapoint, visibleValues } from './alarm.ts';

const threeOfThree: AlarmRule = {
  comparison: '>',
  threshold: 50,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  periodSeconds: 60,
  rangeDatapoints: 5,
};
const twoOfThree: AlarmRule = { ...threeOfThree, datapointsToAlarm: 2 };

/** `X` breaches, `0` does not, `-` is missing; the newest period comes last and starts at 240. */
function series(pattern: string) {
  return pattern.split(' ').flatMap((mark, index, marks) => {
    const startSeconds = 240 - (marks.length - 1 - index) * 60;
    return mark === '-' ? [] : [{ startSeconds, value: mark === 'X' ? 51 : 50 }];
  });
}

describe('an alarm of 3 out of 3 with an evaluation range of 5', () => {
  test.each([
    ['- - X - -', 'ALARM'],
    ['- - - - X', null],
    ['- - - X -', null],
    ['0 - X - X', 'OK'],
    ['0 - - - -', 'OK'],
    ['- - - - 0', 'OK'],
    ['0 X X - X', 'ALARM'],
    ['X X X X X', 'ALARM'],
    ['X X 0 X X', 'OK'],
    ['X X X X 0', 'OK'],
    ['X - - - -', null],
    ['- - - - -', 'INSUFFICIENT_DATA'],
  ])('%s gives %s', (pattern, expected) => {
    expect(evaluateAlarm(threeOfThree, series(pattern), 240)).toBe(expected);
  });
});

describe('an alarm of 2 out of 3 with an evaluation range of 5', () => {
  test.each([
    ['0 - X - X', 'ALARM'],
    ['0 0 X 0 X', 'ALARM'],
    ['0 - X - -', 'OK'],
    ['- - - - 0', 'OK'],
    ['- - - X -', 'ALARM'],
    ['X X 0 0 X', 'OK'],
  ])('%s gives %s', (pattern, expected) => {
    expect(evaluateAlarm(twoOfThree, series(pattern), 240)).toBe(expected);
  });
});

describe('what an alarm looks at', () => {
  test('a datapoint older than the evaluation range is not there', () => {
    expect(evaluateAlarm(threeOfThree, series('0 - - - - -'), 240)).toBe('INSUFFICIENT_DATA');
  });

  test('a datapoint newer than the newest visible period is not there yet', () => {
    expect(evaluateAlarm(threeOfThree, series('X X X 0'), 180)).toBe('ALARM');
    expect(newestDatapoint(threeOfThree, series('X X X 0'), 180)?.value).toBe(51);
  });

  test('the newest N real datapoints are what a step policy aggregates', () => {
    expect(visibleValues(threeOfThree, series('0 X X - X'), 240)).toEqual([51, 51, 51]);
    expect(newestDatapoint(threeOfThree, series('X - - - - -'), 240)).toBeUndefined();
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
