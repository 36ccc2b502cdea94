import { settingPaths } from '@tideline/config';
import type { ChangedEffect, Effect, Effects, ReaderName } from './effects/effect.ts';
import type { Noticed } from './effects/find-effects.ts';

/** How a reader is called in the document. */
const readerNames: Readonly<Record<ReaderName, string>> = {
  terraform: 'Terraform',
  plan: 'scaling plan',
  alarms: 'alarms',
  simulation: 'simulation',
  cost: 'cost',
  warnings: 'warnings',
};

/** More places than these are not listed. */
const listedPlaces = 2;

const head = `# Effects of the settings

Every field of the [configuration](configuration.md) has an effect that a test shows. The table is made of
\`stacks/docs/effects\`, which \`stacks/test/setting-effects.test.ts\` runs: it walks the schema, and a field
without a line in the table fails it.

Most fields are changed to another value, and something that is made of the description must change with
it: an argument of a resource in Terraform, the scaling plan, the alarms, a simulation of eight hours, or a
line of the cost estimate. A warning alone does not count. What only a running program shows names the suite
and the test that fail without it.

\`npm run docs\` writes this page, and the test compares it.

`;

/** docs/reference/setting-effects.md. @param noticed what was found of each setting that is changed, by its path */
export function settingEffectsDocument(effects: Effects, noticed: Readonly<Record<string, Noticed>>): string {
  const rows = settingPaths().flatMap((path) => {
    const effect = effects[path];
    return effect === undefined ? [] : [[code(path), changeOf(effect), whereOf(effect, noticed[path] ?? {})]];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${head}${[line(['Field', 'Shown by', 'Where it acts']), line(['---', '---', '---']), ...rows.map(line)].join('\n')}\n`;
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const isChange = (effect: Effect): effect is ChangedEffect => 'set' in effect;

function changeOf(effect: Effect): string {
  if (!isChange(effect)) return `${code(effect.suite)}: “${effect.title}”`;
  const { set, preset = 'load-driven' } = effect;
  return `${code(set)} on ${preset}`;
}

function whereOf(effect: Effect, noticed: Noticed): string {
  if (!isChange(effect)) return effect.acts;
  return (Object.keys(readerNames) as ReaderName[])
    .flatMap((name) => {
      const places = noticed[name];
      return places === undefined ? [] : [placesOf(name, places)];
    })
    .join('; ');
}

function placesOf(name: ReaderName, places: readonly string[]): string {
  if (name !== 'terraform') return readerNames[name];
  const shown = [...new Set(places.map(shortPlace))].sort();
  const listed = shown.slice(0, listedPlaces).map(code).join(', ');
  return `${readerNames[name]} (${listed}${shown.length > listedPlaces ? ' and more' : ''})`;
}

/** `aws_lb.idle_timeout` of `service/aws_lb/load-balancer.idle_timeout`. */
function shortPlace(place: string): string {
  const [, type = '', rest = ''] = place.split('/');
  return `${type}.${rest.slice(rest.lastIndexOf('.') + 1)}`;
}
