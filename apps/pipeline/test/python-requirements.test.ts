import { expect, test } from '@jest/globals';
import { readText } from './workflow.ts';

const requirements = 'tools/requirements.txt';

test('moto has a range of versions, in one file', () => {
  const lines = readText(requirements).split('\n');
  expect(lines).toContainEqual(expect.stringMatching(/^moto\[server\]>=[\d.]+,<\d+$/));
});

test.each([
  '.ci/run',
  '.github/workflows/ci.yml',
  'apps/api/test/find-program.ts',
  'docs/how-to/try-without-an-account.md',
  'libs/aws-emulator/src/find-tool.ts',
  'libs/aws-emulator/src/emulator-program.ts',
])('%s installs moto by that file, and names no version of its own', (file) => {
  const text = readText(file);
  expect(text).toContain(`pip install -r ${requirements}`);
  expect(text).not.toContain('moto[server]');
});
