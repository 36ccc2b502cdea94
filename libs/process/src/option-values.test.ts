import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { collect, httpUrl, nameList, number, port, wholeNumber } from './option-values.ts';

const speed = number({ above: 0, to: 240, remark: '1 is real time' });

describe('number', () => {
  test('takes numbers within its bounds', () => {
    expect(['1', '0.5', '240', ' 30 '].map(speed)).toEqual([1, 0.5, 240, 30]);
    expect(['0', '24'].map(number({ from: 0, to: 24 }))).toEqual([0, 24]);
  });

  test.each(['0', '-1', '240.1', 'fast', '', ' ', 'NaN', 'Infinity', '20x'])('refuses "%s"', (text) => {
    expect(() => speed(text)).toThrow(InvalidArgumentError);
    expect(() => speed(text)).toThrow('Allowed: a number above 0, up to 240; 1 is real time.');
  });
});

describe('wholeNumber', () => {
  test('takes whole numbers within its bounds', () => {
    expect(['0', '8080', '65535'].map(port)).toEqual([0, 8080, 65_535]);
  });

  test.each(['-1', '65536', '80.5', 'http', '', ' '])('refuses "%s"', (text) => {
    expect(() => port(text)).toThrow('Allowed: a whole number from 0 to 65535; 0 picks a free port.');
  });

  test('says what is counted', () => {
    expect(() => wholeNumber({ from: 1, to: 7200, of: 'seconds' })('0')).toThrow(
      'Allowed: a whole number of seconds from 1 to 7200.',
    );
  });
});

describe('httpUrl', () => {
  test('takes http and https URLs as they are', () => {
    expect(['http://a.b:80/', 'https://c'].map(httpUrl)).toEqual(['http://a.b:80/', 'https://c']);
  });

  test.each(['a.b:80', 'ftp://a', ''])('refuses "%s"', (text) => {
    expect(() => httpUrl(text)).toThrow('Allowed: an http or https URL');
  });
});

describe('nameList', () => {
  const names = nameList(['low', 'high']);

  test('takes names in its own order, each once', () => {
    expect(names('high, low,high')).toEqual(['low', 'high']);
  });

  test.each([
    ['lo', 'Unknown: lo. Did you mean low? Allowed, separated by commas: low, high.'],
    [',', 'Got no name. Allowed, separated by commas: low, high.'],
  ])('refuses "%s"', (text, message) => {
    expect(() => names(text)).toThrow(message);
  });
});

describe('collect', () => {
  test('appends, to nothing where there is no default', () => {
    expect(collect('a')).toEqual(['a']);
    expect(collect('c', ['a', 'b'])).toEqual(['a', 'b', 'c']);
  });
});
