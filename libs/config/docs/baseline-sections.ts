import { judgementOf, securityBaseline } from '../src/baseline/baseline.ts';
import { type BaselineControl, type Judgement, type Verdict, controlPage } from '../src/baseline/control.ts';
import { presetNames } from '../src/presets/presets.ts';
import { settingsProfileAssignments } from '../src/settings-profiles/settings-profiles.ts';
import { settingsProfileNames } from '../src/schema/settings-profile-names.ts';
import { type SchemaNode, environmentSchemaNode } from '../src/schema/schema-node.ts';
import { code, table } from './markdown-table.ts';

/** The generated sections of docs/reference/security-baseline.md, by the name in their markers. */
export const baselineSections = (): Readonly<Record<string, string>> => ({
  counts: countTable(),
  controls: controlTable(),
  profile: profileTable(),
});

const words: Readonly<Record<Verdict, string>> = {
  met: 'met',
  setting: 'by a setting',
  'not-applicable': 'not applicable',
  accepted: 'accepted',
};
const verdicts = Object.keys(words) as Verdict[];

/** How many controls come to each verdict, preset by preset. */
function countTable(): string {
  const count = (preset: string, verdict: Verdict): string =>
    String(securityBaseline.filter((control) => judgementOf(control, preset).verdict === verdict).length);
  return table(
    ['Preset', ...verdicts.map((verdict) => words[verdict])],
    presetNames.map((preset) => [code(preset), ...verdicts.map((verdict) => count(preset, verdict))]),
  );
}

const controlTable = (): string =>
  table(
    ['Control', 'What AWS asks for', 'Here', 'How, or why'],
    securityBaseline.flatMap((control) =>
      judgements(control).map(({ judgement, presets }, index) => [
        index === 0 ? `[${control.id}](${controlPage(control)})` : '',
        index === 0 ? control.title : '',
        words[judgement.verdict],
        `${presets === null ? '' : `${presets.map(code).join(', ')}: `}${explain(judgement)}`,
      ]),
    ),
  );

/** Each judgement of a control once, with the presets that have it; null for all of them. */
function judgements(control: BaselineControl) {
  const distinct = [...new Set(presetNames.map((preset) => judgementOf(control, preset)))];
  return distinct.map((judgement) => ({
    judgement,
    presets:
      distinct.length === 1
        ? null
        : presetNames.filter((preset) => judgementOf(control, preset) === judgement),
  }));
}

function explain(judgement: Judgement): string {
  switch (judgement.verdict) {
    case 'met':
      return judgement.how;
    case 'setting':
      return `${judgement.settings.map(code).join(', ')}${
        judgement.by === 'production' ? '' : ', which only you have: the profile leaves it to you'
      }`;
    case 'not-applicable':
    case 'accepted':
      return judgement.reason;
  }
}

/** What each settings profile sets, over any preset. */
const profileTable = (): string =>
  table(
    ['Profile', 'Setting', 'Meaning'],
    settingsProfileNames.flatMap((name) =>
      settingsProfileAssignments(name, { preset: 'load-driven' })
        .flatMap(({ path, value }) => leaves(path.map(String), value))
        .map(({ path, value }) => [
          code(name),
          code(`${path.join('.')}=${String(value)}`),
          path.reduce<SchemaNode | undefined>((node, key) => node?.properties?.[key], environmentSchemaNode())
            ?.description ?? '',
        ]),
    ),
  );

/** The single values within a value of the description. */
function leaves(
  path: readonly string[],
  value: unknown,
): readonly { readonly path: readonly string[]; readonly value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves([...path, key], inner));
}
