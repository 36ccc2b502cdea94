import { describe, expect, test } from '@jest/globals';
import { environment, rejection } from '../../test/fake-pipeline.ts';
import { confirmDestroy } from './confirm-destroy.ts';

describe('the name of what is destroyed', () => {
  test('may be passed or typed', async () => {
    await expect(
      confirmDestroy(environment, { passed: 'tideline-dev', ask: undefined }),
    ).resolves.toBeUndefined();
    const ask = () => Promise.resolve(' tideline-dev\n');
    await expect(confirmDestroy(environment, { passed: undefined, ask })).resolves.toBeUndefined();
  });

  test.each([
    ['production', /got the name "production"; this environment is "tideline-dev"/],
    [undefined, /no name was given/],
  ])('is refused as %j', async (passed, words) => {
    const error = await rejection(confirmDestroy(environment, { passed, ask: undefined }));
    expect(error.message).toMatch(words);
    expect(error.message).toMatch(/Nothing was deleted/);
  });

  test('is not even asked for while the balancer is protected', async () => {
    const shielded = { ...environment, protection: { ...environment.protection, loadBalancer: true } };
    const error = await rejection(confirmDestroy(shielded, { passed: 'tideline-dev', ask: undefined }));
    expect(error.message).toMatch(/TL-PIPE-PROTECTED/);
  });
});
