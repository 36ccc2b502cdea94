import { expect, test } from '@jest/globals';
import { costAssumptionNames, defaultCostAssumptions, readCostAssumptions } from './cost-assumptions.ts';

test('assumptions that nobody names keep their defaults', () => {
  expect(readCostAssumptions([])).toEqual(defaultCostAssumptions);
  expect(readCostAssumptions(['answerBytes=2000', 'uploadsGigabytes=0'])).toEqual({
    ...defaultCostAssumptions,
    answerBytes: 2000,
    uploadsGigabytes: 0,
  });
});

test.each(costAssumptionNames)('%s can be set', (name) => {
  expect(readCostAssumptions([`${name}=7`])[name]).toBe(7);
});

test.each([
  [
    'answerByte=1',
    'there is no assumption "answerByte"; did you mean "answerBytes"? Allowed: answerBytes, requestBytes',
  ],
  ['answerBytes', 'TL-CONFIG-OVERRIDE --assume answerBytes: got ""; allowed: a number from 0'],
  ['answerBytes=-1', 'got "-1"; allowed: a number from 0. Write it as answerBytes=1000'],
  ['answerBytes=many', 'got "many"'],
  ['answerBytes=Infinity', 'got "Infinity"'],
  ['toString=1', 'there is no assumption "toString"'],
])('%s is refused', (assignment, message) => {
  expect(() => readCostAssumptions([assignment])).toThrow(message);
});
