import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import { exportOption } from './export-option.ts';

function exported(...args: readonly string[]): unknown {
  const command = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addOption(exportOption({ junit: 'verdict', csv: 'series' }));
  return command.parse(args, { from: 'user' }).opts<{ export: unknown }>().export;
}

test('forms come in one option or in several', () => {
  const both = { junit: 'a,b=c.xml', csv: 'x.csv' };
  expect(exported('--export', 'junit=a,b=c.xml,csv=x.csv')).toEqual(both);
  expect(exported('--export', 'junit=a,b=c.xml', '--export', 'csv=x.csv')).toEqual(both);
  expect(exported()).toBeUndefined();
});

test.each([
  ['cvs=x', 'Did you mean "csv"'],
  ['x.csv', 'form=file'],
  ['csv=', 'csv has no file'],
  ['csv=a,csv=b', 'csv is given twice'],
])('%s is refused', (text, message) => {
  expect(() => exported('--export', text)).toThrow(new RegExp(message, 'iu'));
});
