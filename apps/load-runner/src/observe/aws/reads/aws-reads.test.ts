import { describe, expect, test } from '@jest/globals';
import { everyPage } from './aws-reads.ts';

const pages = (all: readonly (readonly number[])[], lastToken?: string) => {
  const tokens: (string | undefined)[] = [];
  const read = (token: string | undefined) => {
    tokens.push(token);
    const index = Number(token ?? 0);
    const next = index + 1 < all.length ? String(index + 1) : lastToken;
    return Promise.resolve([all[index], next] as const);
  };
  return { read, tokens };
};

describe('every page', () => {
  test('is read in order, up to the one without a token', async () => {
    const { read, tokens } = pages([[1, 2], [], [3]]);
    await expect(everyPage(read)).resolves.toEqual([1, 2, 3]);
    expect(tokens).toEqual([undefined, '1', '2']);
  });

  test('an empty token ends it too', async () => {
    await expect(everyPage(pages([[1]], '').read)).resolves.toEqual([1]);
  });

  test('is read no further than the page that is enough', async () => {
    const { read, tokens } = pages([[9], [4], [1]]);
    await expect(everyPage(read, (items) => items.some((item) => item < 5))).resolves.toEqual([9, 4]);
    expect(tokens).toHaveLength(2);
  });
});
