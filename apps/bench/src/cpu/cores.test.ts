import { describe, expect, test } from '@jest/globals';
import { splitCores } from './cores.ts';

const status = (list: string): string =>
  `Name:\tnode\nCpus_allowed:\tf\nCpus_allowed_list:\t${list}\nMems:\t1\n`;

describe('splitCores', () => {
  test.each([
    ['0-1', '0', '1'],
    ['0-3', '0', '1,2,3'],
    ['2,5-6', '2', '5,6'],
  ])('of %s gives the first to the measured server, the others to the load', (list, measured, others) => {
    expect(splitCores(status(list))).toEqual({ measured, others });
  });

  test.each(['3', ''])('refuses "%s", where nothing would be alone', (list) => {
    expect(splitCores(status(list))).toEqual({
      reason: `two cores are needed, one of them for the measured server alone; this process may use "${list}"`,
    });
  });
});
