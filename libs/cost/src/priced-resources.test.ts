import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { listPrices } from '@tideline/config';
import { everyEnvironment } from '../test/environments.ts';
import { defaultCostAssumptions } from './cost-assumptions.ts';
import { estimate } from './estimate.ts';
import { pricedResources } from './priced-resources.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Types of resources that the stacks’ source makes, by its imports. */
async function resourceTypes(): Promise<readonly string[]> {
  const folders = [join(root, 'libs', 'infra', 'src'), join(root, 'stacks')];
  const texts = await Promise.all(
    folders.map(async (folder) => {
      const files = (await readdir(folder, { recursive: true })).filter(
        (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
      );
      return Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    }),
  );
  const modules = texts
    .flat()
    .flatMap((text) => [...text.matchAll(/@cdktf\/provider-aws\/lib\/([a-z0-9-]+)\//g)])
    .flatMap(([, module]) => module ?? [])
    .filter((module) => module !== 'provider' && !module.startsWith('data-aws-'));
  return [...new Set(modules)].map((module) => `aws_${module.replaceAll('-', '_')}`).sort();
}

const everyLine = everyEnvironment().flatMap(
  (environment) =>
    estimate(
      environment,
      { averageUnits: 2, requestsPerSecond: 10, hoursPerDay: 8, assumptions: defaultCostAssumptions },
      listPrices,
    ).lines,
);

test('every type of resource that the stacks make is priced, or free for a reason', async () => {
  expect(Object.keys(pricedResources).sort()).toEqual(await resourceTypes());
});

test('the lines that price a resource exist, and every line prices a resource', () => {
  const named = Object.values(pricedResources).flatMap((cost) => ('lines' in cost ? cost.lines : []));
  expect([...new Set(named)].sort()).toEqual([...new Set(everyLine.map(({ id }) => id))].sort());
});

test('every price of a service is used by some environment', () => {
  const used = new Set<string>(everyLine.map(({ price }) => price));
  const sized = /^(ec2|elasticache)\./;
  expect(Object.keys(listPrices).filter((name) => !sized.test(name) && !used.has(name))).toEqual([]);
});
