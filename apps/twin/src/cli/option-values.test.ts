import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { collect, parsePort, parseSpeed } from './option-values.ts';

describe('parseSpeed', () => {
  test('takes numbers above 0 up to the highest speed', () => {
    expect(['1', '0.5', '240', ' 30 '].map(parseSpeed)).toEqual([1, 0.5, 240, 30]);
  });

  test.each(['0', '-1', '240.1', 'fast', '', ' ', 'NaN', 'Infinity', '20x'])('refuses "%s"', (text) => {
    expect(() => parseSpeed(text)).toThrow(InvalidArgumentError);
    expect(() => parseSpeed(text)).toThrow(/above 0, up to 240/);
  });
});

describe('parsePort', () => {
  test('takes whole numbers from 0 to 65535', () => {
    expect(['0', '8080', '65535'].map(parsePort)).toEqual([0, 8080, 65_535]);
  });

  test.each(['-1', '65536', '80.5', 'http', '', ' '])('refuses "%s"', (text) => {
    expect(() => parsePort(text)).toThrow(/0 to 65535/);
  });
});

describe('collect', () => {
  test('appends, to nothing where there is no default', () => {
    expect(collect('a')).toEqual(['a']);
    expect(collect('c', ['a', 'b'])).toEqual(['a', 'b', 'c']);
  });
});
