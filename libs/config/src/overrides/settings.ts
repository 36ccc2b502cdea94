import type { Problem } from '../configuration-error.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { Assignment, Draft } from './draft.ts';
import { applyLayer } from './draft.ts';
import { type Spelling, resolvePath } from './resolve-path.ts';

/** A path and a value as text, from the command line or a variable. */
interface TextSetting {
  readonly parts: readonly string[];
  readonly text: string;
  readonly origin: string;
}

const asWritten: Spelling = { matches: (part, name) => part === name, spell: (name) => name };

const fold = (name: string): string => name.replaceAll(/[-_]/g, '').toLowerCase();

const asVariable: Spelling = {
  matches: (part, name) => fold(part) === fold(name),
  spell: (name) =>
    name
      .replaceAll(/(?<=[a-z0-9])(?=[A-Z][a-z])/g, '_')
      .replaceAll('-', '_')
      .toUpperCase(),
};

const variablePrefix = 'TIDELINE_';

/** The environment variable that sets a field: `healthCheck.intervalSeconds` is `TIDELINE_HEALTH_CHECK__INTERVAL_SECONDS`. */
export const variableName = (path: string): string =>
  variablePrefix + path.split('.').map(asVariable.spell).join('__');

/** Lays environment variables over the draft; an empty one counts as unset. */
export function applyVariables(
  draft: Draft,
  variables: Readonly<Record<string, string | undefined>>,
): readonly Problem[] {
  const settings = Object.entries(variables)
    .filter(([name, text]) => name.startsWith(variablePrefix) && text !== undefined && text !== '')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, text = '']) => ({
      parts: name.slice(variablePrefix.length).split('__'),
      text,
      // Without its value: a variable that is no field of ours may hold a secret.
      origin: name,
    }));
  return applySettings(draft, settings, asVariable);
}

/** Lays `path.to.field=value` settings over the draft, in their order. */
export function applySetOptions(draft: Draft, options: readonly string[]): readonly Problem[] {
  const problems: Problem[] = [];
  const settings: TextSetting[] = [];
  for (const option of options) {
    const equals = option.indexOf('=');
    const origin = `--set ${option}`;
    if (equals > 0)
      settings.push({
        parts: option.slice(0, equals).split('.'),
        text: option.slice(equals + 1),
        origin,
      });
    else
      problems.push({
        code: 'TL-CONFIG-OVERRIDE',
        path: '',
        message: `"${origin}" is not of the form path=value. Write, for instance, --set capacity.min=3`,
      });
  }
  return [...problems, ...applySettings(draft, settings, asWritten)];
}

function applySettings(
  draft: Draft,
  settings: readonly TextSetting[],
  spelling: Spelling,
): readonly Problem[] {
  const problems: Problem[] = [];
  const assignments: Assignment[] = [];
  for (const { parts, text, origin } of settings) {
    const resolved = resolvePath(parts, draft.document, spelling);
    if ('unknown' in resolved)
      problems.push({
        code: 'TL-CONFIG-UNKNOWN-FIELD',
        path: parts.join('.'),
        message: `${resolved.unknown}. From ${origin}`,
      });
    else
      assignments.push({
        path: resolved.path,
        value: parseValue(text, resolved.node),
        origin: resolved.node.writeOnly === true ? origin.replace(/=.*$/s, '=…') : origin,
      });
  }
  applyLayer(draft, assignments);
  return problems;
}

/** JSON when it is JSON, else text. A field that only takes text keeps `1.0` or `true` as text. */
function parseValue(text: string, node: SchemaNode): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return node.type === 'string' && typeof value !== 'string' ? text : value;
  } catch {
    return text;
  }
}
