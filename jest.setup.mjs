import { afterEach, beforeEach, jest } from '@jest/globals';

/** Stray console output fails the test that wrote it: what a test prints is either asserted or a mistake. */
const methods = ['log', 'info', 'warn', 'error', 'debug'];
let spies = [];

beforeEach(() => {
  spies = methods.map((method) => jest.spyOn(console, method).mockImplementation(() => undefined));
});

afterEach(() => {
  const stray = spies.flatMap((spy, index) =>
    spy.mock.calls.map((call) => `console.${methods[index]}: ${call.join(' ')}`),
  );
  for (const spy of spies) spy.mockRestore();
  if (stray.length > 0) throw new Error(`stray console output:\n${stray.join('\n')}`);
});
