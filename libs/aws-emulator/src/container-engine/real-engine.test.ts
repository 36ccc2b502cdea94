import { expect, test } from '@jest/globals';
import { pathWithout, runRealEngine } from './real-engine.ts';

test('the stand-in does not find itself', async () => {
  expect(pathWithout('/tmp/emulator/bin', '/tmp/emulator/bin/:/usr/bin::/bin')).toBe('/usr/bin:/bin');
  // Where nothing else is on the path, no engine is asked: an empty path would be the current folder.
  const alone = pathWithout('/tmp/emulator/bin', '/tmp/emulator/bin');
  expect(await runRealEngine(['build', '.'], alone)).toBeNull();
});
