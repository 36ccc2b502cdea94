import {
  type EnvironmentInput,
  type Price,
  listPrices,
  loadProfile,
  presetInput,
  presetNames,
  profiledInput,
  resolveEnvironment,
} from '@tideline/config';
import {
  costAssumptionNames,
  costAssumptionsSchema,
  defaultCostAssumptions,
} from '../src/cost-assumptions.ts';
import { typicalLoad } from '../src/load.ts';
import { pricedResources } from '../src/priced-resources.ts';
import { compareReference } from '../src/reference/compare-reference.ts';
import { references } from '../src/reference/references.ts';
import { costScenarios } from '../src/scenarios.ts';

/** The generated sections of docs/reference/cost.md, by the name in their markers. */
export const costSections = (): Readonly<Record<string, string>> => ({
  prices: table(
    ['Name', 'USD', 'Per', 'Region', 'As of', 'Source'],
    Object.entries(listPrices).map(([name, price]: [string, Price]) => [
      `\`${name}\``,
      String(price.usd),
      price.unit,
      price.region,
      price.asOf,
      price.source,
    ]),
  ),
  assumptions: table(
    ['Assumption', 'Default', 'Meaning'],
    costAssumptionNames.map((name) => [
      `\`${name}\``,
      String(defaultCostAssumptions[name]),
      costAssumptionsSchema.shape[name].description ?? '',
    ]),
  ),
  resources: table(
    ['Resource', 'Lines, or why it is free'],
    Object.entries(pricedResources).map(([type, cost]) => [
      `\`${type}\``,
      'free' in cost ? `free: ${cost.free}` : cost.lines.map((id) => `\`${id}\``).join(', '),
    ]),
  ),
  totals: table(
    ['Preset', 'Published', 'The same items here', 'Everything at minimum', 'Most of the difference'],
    Object.keys(references).map(totals),
  ),
  profile: table(
    ['Preset', 'Minimum', 'With production', 'Typical day', 'With production', 'Most of the difference'],
    presetNames.map(besideProduction),
  ),
  references: table(
    ['Preset', 'Item', 'USD a month', 'Ours differs because'],
    Object.entries(references).flatMap(([preset, { items }]) =>
      items.map(({ name, monthlyUsd, reason }) => [`\`${preset}\``, name, monthlyUsd.toFixed(2), reason]),
    ),
  ),
});

/** A published total beside the minimum of the same preset, and what most of the difference is. */
function totals(preset: string): readonly string[] {
  const { minimum } = costScenarios(resolveEnvironment(presetInput(preset)), {
    load: { requestsPerSecond: 0, hoursPerDay: 0 },
    assumptions: defaultCostAssumptions,
    prices: listPrices,
  }).scenarios;
  const comparison = compareReference(preset, minimum);
  if (comparison === null) throw new Error(`references.ts has no table for ${preset}`);
  const [main] = [...minimum.lines].sort((one, other) => other.monthlyUsd - one.monthlyUsd);
  return [
    `\`${preset}\``,
    comparison.referenceUsd.toFixed(2),
    comparison.comparableUsd.toFixed(2),
    minimum.monthlyUsd.toFixed(2),
    main === undefined ? '' : `${main.resource}, ${main.monthlyUsd.toFixed(2)}`,
  ];
}

/** A preset beside itself with the settings profile `production`: least, and on a typical day of its load profile. */
function besideProduction(preset: string): readonly string[] {
  const cost = (input: EnvironmentInput) => {
    const environment = resolveEnvironment(input);
    const load = typicalLoad(loadProfile(environment.load.profile));
    return costScenarios(environment, { load, assumptions: defaultCostAssumptions, prices: listPrices })
      .scenarios;
  };
  const [plain, profiled] = [cost(presetInput(preset)), cost(profiledInput(preset, 'production'))];
  const before = new Map(plain.typical.lines.map(({ id, monthlyUsd }) => [id, monthlyUsd]));
  const more = profiled.typical.lines
    .map((line) => ({ ...line, more: line.monthlyUsd - (before.get(line.id) ?? 0) }))
    .sort((one, other) => other.more - one.more);
  return [
    `\`${preset}\``,
    ...[plain.minimum, profiled.minimum, plain.typical, profiled.typical].map(({ monthlyUsd }) =>
      monthlyUsd.toFixed(2),
    ),
    more
      .slice(0, 2)
      .map((line) => `${line.resource}, ${line.more.toFixed(2)}`)
      .join('; '),
  ];
}

const marker = (name: string): RegExp =>
  new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(\n<!-- end of ${name} -->)`);

/** docs/reference/cost.md with its generated sections written anew. @throws Error when a section has no markers */
export function withCostSections(document: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((text, [name, section]) => {
    if (!marker(name).test(text))
      throw new Error(`docs/reference/cost.md has no markers of the section ${name}`);
    return text.replace(marker(name), (_all, begin: string, end: string) => `${begin}\n${section}\n${end}`);
  }, document);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
