import { expect, test } from '@jest/globals';
import { choiceWords } from './plan-words.ts';

test('what was chosen is said with what of it does not hold where it was not chosen', () => {
  const doubt = {
    code: 'TL-PLAN-NOT-HELD',
    message: 'requests above capacity are 2 %, and 1 % as it is now',
  };
  const other = { code: 'TL-PLAN-BURSTS', message: '1.2 % still arrive above capacity' };
  const said = 'clearly cheaper, with no more requests above capacity';
  expect(choiceWords({ choice: 'cheaper', remarks: [other] })).toBe(said);
  expect(choiceWords({ choice: 'cheaper', remarks: [other, doubt] })).toBe(
    `${said}; not so on the part that was held out`,
  );
});
