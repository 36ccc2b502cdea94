import { describe, expect, test } from '@jest/globals';
import { benchNames } from '../bench-name.ts';
import { type BenchOptions, createCommand } from './command.ts';

const parse = (...args: string[]) => createCommand().parse(args, { from: 'user' }).opts<BenchOptions>();

describe('createCommand', () => {
  test('measures everything, in full, unless told otherwise', () => {
    expect(parse()).toEqual({ only: benchNames, quick: false, check: false, json: false, out: 'reports' });
  });

  test('takes names separated by commas, each once, in the order of the report', () => {
    expect(parse('--only', 'simulate, apiVsHono,simulate').only).toEqual(['apiVsHono', 'simulate']);
  });

  test('refuses an unknown name with those that are allowed', () => {
    expect(() => parse('--only', 'apiVsHono,apiVsExpress')).toThrow(
      `Unknown: apiVsExpress. Allowed, separated by commas: ${benchNames.join(', ')}.`,
    );
  });

  test('refuses no name at all', () => {
    expect(() => parse('--only', ',')).toThrow('Got no name.');
  });

  test('refuses unknown options and arguments', () => {
    expect(() => parse('--fast')).toThrow("unknown option '--fast'");
    expect(() => parse('simulate')).toThrow('too many arguments');
  });

  test('explains every option and exit code in its help', () => {
    const help = createCommand().helpInformation();
    for (const option of ['--only', '--quick', '--check', '--out', '--json', '--help']) {
      expect(help).toContain(option);
    }
    for (const name of benchNames) expect(help).toContain(name);
    expect(help.replaceAll(/\s+/g, ' ')).toContain('2 wrong usage, 130 interrupted');
  });
});
