import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../configuration-error.ts';
import { egressPrice } from './egress-price.ts';
import { listPrices, readPrices, replacePrices } from './prices.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';

const replaced = (input: unknown) => replacePrices(listPrices, input, 'mine.json');
const messageOf = (input: unknown): string => {
  try {
    replaced(input);
    return '';
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
};

test('every listed price is above 0, and says where and when it held and who says so', () => {
  for (const price of Object.values(listPrices))
    expect(price).toEqual({
      usd: expect.any(Number),
      unit: expect.stringMatching(/./),
      region: 'us-east-1',
      asOf: expect.stringMatching(/^(20\d\d(-\d\d)?|undated)$/),
      source: expect.stringMatching(/./),
    });
  expect(Math.min(...Object.values(listPrices).map(({ usd }) => usd))).toBeGreaterThan(0);
});

describe('a file of prices', () => {
  test('replaces what it names, and leaves the rest', () => {
    const table = replaced({
      region: 'eu-west-1',
      asOf: '2026-05-01',
      prices: { 'alb.hour': 0.0252, 'transfer.out': { usd: 0.08, source: 'our contract' } },
    });
    expect(table['alb.hour']).toEqual({
      usd: 0.0252,
      unit: 'hour',
      region: 'eu-west-1',
      asOf: '2026-05-01',
      source: 'mine.json',
    });
    expect(table['transfer.out']).toMatchObject({ usd: 0.08, region: 'eu-west-1', source: 'our contract' });
    expect(table['alb.lcuHour']).toEqual(listPrices['alb.lcuHour']);
  });

  test('replaces the whole table', () => {
    const table = replaced({ prices: Object.fromEntries(Object.keys(listPrices).map((name) => [name, 1])) });
    expect(new Set(Object.values(table).map(({ usd, source }) => `${usd} ${source}`))).toEqual(
      new Set(['1 mine.json']),
    );
  });

  test('adds a node type of ElastiCache that the table lacks', () => {
    expect(replaced({ prices: { 'elasticache.cache.r7g.large': 0.219 } })).toHaveProperty(
      ['elasticache.cache.r7g.large'],
      { usd: 0.219, unit: 'node-hour', region: 'us-east-1', asOf: 'not said', source: 'mine.json' },
    );
  });

  test('is refused with an unknown name, which it compares with the known ones', () => {
    expect(messageOf({ prices: { 'alb.hours': 1 } })).toContain(
      'TL-CONFIG-UNKNOWN-FIELD prices.alb.hours: got 1 for a field that does not exist; did you mean "alb.hour"?',
    );
  });

  test.each([[-0.01], ['0.01'], [null], [{ usd: -1 }]])('is refused with a price of %j', (price) => {
    expect(messageOf({ prices: { 'alb.hour': price } })).toContain(`TL-CONFIG-SCHEMA prices.alb.hour`);
  });

  test('says what a price may be', () => {
    expect(messageOf({ prices: { 'alb.hour': -1 } })).toContain(
      'got -1; allowed: a number from 0, or an object',
    );
  });

  test.each([[{}], [{ prices: 3 }], [{ price: {} }], [[]], [null]])('is refused when it is %j', (input) => {
    expect(messageOf(input)).toContain('TL-CONFIG-');
  });

  test('is read from where it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tideline-prices-'));
    try {
      const file = join(folder, 'mine.json');
      await writeFile(file, '{ "prices": { "alb.hour": 1 } }');
      expect((await readPrices(file))['alb.hour']).toMatchObject({ usd: 1, source: 'mine.json' });
      await expect(readPrices(join(folder, 'none.json'))).rejects.toThrow('cannot be read');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test('the way out of the private subnets is priced by the table that is given', () => {
  const environment = resolveEnvironment({ preset: 'test', compute: { kind: 'fargate' } });
  const prices = replaced({ prices: { 'interfaceEndpoint.hour': 0.02 } });
  expect(egressPrice(environment, prices).monthlyUsd).toBe(2 * egressPrice(environment).monthlyUsd);
});
