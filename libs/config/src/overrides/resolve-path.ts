import { nearestName } from '../problems/nearest-name.mjs';
import { suggestName } from '../problems/suggest-name.ts';
import {
  type SchemaNode,
  childNode,
  environmentSchemaNode,
  fieldOf,
  knownKeys,
} from '../schema/schema-node.ts';
import type { PathKey } from './draft.ts';

/** How the parts of a path are spelled: as the fields are, or in upper snake case as in a variable’s name. */
export interface Spelling {
  readonly matches: (part: string, name: string) => boolean;
  /** How a field is spelled for the user. */
  readonly spell: (name: string) => string;
}

type ResolvedPath =
  { readonly path: readonly PathKey[]; readonly node: SchemaNode } | { readonly unknown: string };

/** Finds the field that a path leads to; a list item goes by its index, or by its policy’s name. */
export function resolvePath(parts: readonly string[], document: unknown, spelling: Spelling): ResolvedPath {
  const path: PathKey[] = [];
  let node = environmentSchemaNode();
  let value = document;
  for (const part of parts) {
    const key =
      node.items === undefined ? fieldKey(node, { part, value }, spelling) : itemKey(value, part, spelling);
    const child = typeof key === 'object' ? undefined : childNode(node, key, value);
    if (typeof key === 'object') return key;
    if (child === undefined) return { unknown: describeUnknown(node, { part, value, path }, spelling) };
    path.push(key);
    node = child;
    value = fieldOf(value, key);
  }
  return { path, node };
}

function fieldKey(
  node: SchemaNode,
  at: { readonly part: string; readonly value: unknown },
  spelling: Spelling,
): PathKey {
  return knownKeys(node, at.value).find((key) => spelling.matches(at.part, key)) ?? at.part;
}

function itemKey(list: unknown, part: string, spelling: Spelling): PathKey | { readonly unknown: string } {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const names = items.map((item) => fieldOf(item, 'name')).filter((name) => typeof name === 'string');
  if (/^\d+$/.test(part)) {
    const index = Number(part);
    if (index <= items.length) return index;
    return {
      unknown: `no item ${part}: the list has ${items.length} (the next one would be ${items.length})`,
    };
  }
  const found = names.filter((name) => spelling.matches(part, name));
  if (found.length > 1) return { unknown: `"${part}" fits ${found.join(' and ')}: use the index` };
  const [name] = found;
  if (name !== undefined) return items.findIndex((item) => fieldOf(item, 'name') === name);
  const nearest = nearestName(part, names.map(spelling.spell));
  const hint = nearest === undefined ? '' : `did you mean "${nearest}"? `;
  const allowed = [...names.map(spelling.spell), `an index from 0 to ${items.length}`];
  return { unknown: `no item "${part}"; ${hint}Allowed: ${allowed.join(', ')}` };
}

function describeUnknown(
  node: SchemaNode,
  at: { readonly part: string; readonly value: unknown; readonly path: readonly PathKey[] },
  spelling: Spelling,
): string {
  const keys = knownKeys(node, at.value);
  const where = at.path.length === 0 ? 'the description' : at.path.join('.');
  return keys.length === 0
    ? `${where} is a single value, it has no field "${at.part}"; leave that part out`
    : `unknown field "${at.part}" in ${where}; ${suggestName(at.part, keys.map(spelling.spell))}`;
}
