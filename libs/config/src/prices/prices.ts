import { basename } from 'node:path';
import * as z from 'zod';
import { ConfigurationError } from '../configuration-error.ts';
import { deepFreeze } from '../resolve/deep-freeze.ts';
import { readConfigurationFile } from '../overrides/configuration-file.ts';
import { type ListedPrice, priceList, sourceOf } from './price-list.ts';
import { schemaProblems } from '../problems/schema-problems.ts';
import { fieldOf, schemaNode } from '../schema/schema-node.ts';

/** What AWS charges for one unit of something. */
export interface Price {
  /** USD per unit, without tax. */
  readonly usd: number;
  /** What is counted: `instance-hour`, `GB-month`. */
  readonly unit: string;
  /** Region that the figure holds in. */
  readonly region: string;
  /** Date of the publication that gave the figure; `undated` where it bears none. */
  readonly asOf: string;
  /** Where the figure was found. */
  readonly source: string;
}

/** A node type of ElastiCache that the built-in table may lack, with Redis OSS or with Valkey. */
export type NodePrice = `elasticache.${'' | 'valkey.'}cache.${string}`;
export type PriceName = ListedPrice | NodePrice;

/** Unit prices by name. Every listed name is there; further node types of ElastiCache may be. */
export type PriceTable = Readonly<Record<ListedPrice, Price>> & Readonly<Record<NodePrice, Price>>;

/** Region of the built-in table. */
export const listedRegion = 'us-east-1';

const usd = z.number().min(0);
const replacement = z
  .union([
    usd,
    z.strictObject({
      usd,
      region: z.string().min(1).optional(),
      asOf: z.string().min(1).optional(),
      source: z.string().min(1).optional(),
    }),
  ])
  .describe('USD per unit, or an object with usd, region, asOf and source.');
const names = Object.keys(priceList) as [ListedPrice, ...ListedPrice[]];
const nodePricePattern = /^elasticache\.(valkey\.)?cache\.[a-z0-9]+\.[a-z0-9]+$/;

const replacementsSchema = (allowed: readonly string[]) =>
  z.strictObject({
    region: z.string().min(1).optional().describe('Region of every price of the file that names none.'),
    asOf: z.string().min(1).optional().describe('Date at which the prices were known to hold.'),
    source: z.string().min(1).optional().describe('Where the prices were found. Default: the file’s name.'),
    prices: z.strictObject(Object.fromEntries(allowed.map((name) => [name, replacement.optional()]))),
  });

/** The built-in table: AWS’s list in us-east-1. */
export const listPrices: PriceTable = deepFreeze(
  Object.fromEntries(
    names.map((name) => {
      const entry = priceList[name];
      return [name, { usd: entry[0], unit: entry[1], region: listedRegion, ...sourceOf(entry) }];
    }),
  ) as unknown as PriceTable,
);

/**
 * Lays the prices of a file over a table, in part or as a whole: `{ "region": "eu-west-1", "asOf": "2026-05-01",
 * "prices": { "alb.hour": 0.0252 } }`.
 * @throws ConfigurationError for a name that is not in the table (other than a node type of ElastiCache) and for a price below 0
 */
export function replacePrices(table: PriceTable, input: unknown, file: string): PriceTable {
  const schema = replacementsSchema([...new Set([...Object.keys(table), ...nodePrices(input)])]);
  const parsed = schema.safeParse(input);
  if (!parsed.success)
    throw new ConfigurationError(schemaProblems(parsed.error, input, schemaNode(schema)), {
      cause: parsed.error,
    });
  const { prices, region = listedRegion, asOf = 'not said', source = file } = parsed.data;
  const known: Readonly<Record<string, Price>> = table;
  const replaced = Object.entries(prices).flatMap(([name, given]) => {
    if (given === undefined) return [];
    const entry = typeof given === 'number' ? { usd: given } : definedOf(given);
    return [[name, { unit: known[name]?.unit ?? 'node-hour', region, asOf, source, ...entry }]];
  });
  return deepFreeze({ ...table, ...Object.fromEntries(replaced) } as PriceTable);
}

const definedOf = (given: object) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** ElastiCache has more node types than the table: these are the only names that a file may add. */
const nodePrices = (input: unknown): readonly string[] =>
  Object.keys(fieldOf(input, 'prices') ?? {}).filter((name) => nodePricePattern.test(name));

/**
 * The built-in prices with those of a file laid over them.
 * @throws ConfigurationError for a file that is missing or malformed, an unknown name, or a price below 0
 */
export const readPrices = async (file: string): Promise<PriceTable> =>
  replacePrices(listPrices, await readConfigurationFile(file), basename(file));
