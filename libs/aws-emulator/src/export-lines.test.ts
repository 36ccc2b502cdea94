import { expect, test } from '@jest/globals';
import { exportLines } from './export-lines.ts';

test('the emulator’s programs go before those of the shell, whatever path the emulator has itself', () => {
  const environment = { AWS_REGION: 'eu-west-1', PATH: '/tmp/emulator/bin:/its own' };
  expect(exportLines({ environment, programs: '/tmp/emulator/bin' })).toEqual([
    'export AWS_REGION=eu-west-1',
    'export PATH=/tmp/emulator/bin:"$PATH"',
  ]);
});

test('a value that the shell would read otherwise is quoted', () => {
  const environment = { TF_REATTACH_PROVIDERS: '{"it\'s": 1}' };
  expect(exportLines({ environment, programs: '/bin' })[0]).toBe(
    String.raw`export TF_REATTACH_PROVIDERS='{"it'\''s": 1}'`,
  );
});
