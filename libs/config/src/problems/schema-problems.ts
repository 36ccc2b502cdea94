import type * as z from 'zod';
import type { Problem } from '../configuration-error.ts';
import { suggestName } from './suggest-name.ts';
import { allowedValues } from '../schema/allowed-values.ts';
import { type SchemaNode, childNode, fieldOf, knownKeys, membersOf } from '../schema/schema-node.ts';
import { showValue } from './show-value.ts';

/**
 * Turns what zod found into problems in the user’s words: where, what was got, what is allowed, and how to fix it.
 * `root` is the schema that the input was checked against.
 */
export const schemaProblems = (error: z.ZodError, input: unknown, root: SchemaNode): Problem[] =>
  error.issues.flatMap((issue) => describeIssue(issue, { root, input }));

interface Checked {
  readonly root: SchemaNode;
  readonly input: unknown;
}

interface Place {
  readonly path: string;
  readonly node: SchemaNode | undefined;
  readonly value: unknown;
}

function describeIssue(issue: z.core.$ZodIssue, checked: Checked): Problem[] {
  const place = locate(issue.path, checked);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(key, place));
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined)
    return [unknownKind(issue.discriminator, locate(issue.path.slice(0, -1), checked))];
  if (issue.code === 'invalid_key') return [malformedName(place, issue)];
  // The schema words these itself; every other issue is worded by what the field takes.
  if (issue.code === 'custom' || (issue.code === 'invalid_format' && !issue.message.startsWith('Invalid')))
    return [malformed(place, issue.message)];
  return [
    malformed(place, `allowed: ${place.node === undefined ? issue.message : allowedValues(place.node)}`),
  ];
}

/** A name of the user’s in a record. Its value is not at fault, and may be a secret. */
function malformedName({ path }: Place, { issues }: z.core.$ZodIssueInvalidKey): Problem {
  const requirement = issues.map(({ message }) => message).join(', ');
  return {
    code: 'TL-CONFIG-SCHEMA',
    path,
    message: `is a name that is not allowed: it ${requirement}. Rename it`,
  };
}

function malformed({ path, node, value }: Place, requirement: string): Problem {
  const meaning = node?.description === undefined ? '' : ` (${node.description.replace(/\.$/, '')})`;
  const remedy =
    node?.default === undefined
      ? 'Set an allowed value'
      : `Set an allowed value, or leave the field out for ${showValue(node.default)}`;
  return {
    code: 'TL-CONFIG-SCHEMA',
    path,
    message: `got ${node?.writeOnly === true ? 'a value that is not shown' : showValue(value)}; ${requirement}. ${remedy}${meaning}`,
  };
}

function unknownField(key: string, { path, node, value }: Place): Problem {
  const known = node === undefined ? [] : knownKeys(node, value);
  return {
    code: 'TL-CONFIG-UNKNOWN-FIELD',
    path: below(path, key),
    message: `got ${showValue(fieldOf(value, key))} for a field that does not exist; ${suggestName(key, known)}. Rename or remove it`,
  };
}

function unknownKind(tag: string, { path, node, value }: Place): Problem {
  const kinds = (node === undefined ? [] : membersOf(node)).flatMap(({ properties }) =>
    typeof properties?.[tag]?.const === 'string' ? [properties[tag].const] : [],
  );
  const got = fieldOf(value, tag);
  return {
    code: 'TL-CONFIG-SCHEMA',
    path: below(path, tag),
    message: `got ${showValue(got)}; ${suggestName(typeof got === 'string' ? got : '', kinds)}. Set one of them, with the fields that belong to it`,
  };
}

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

function locate(path: readonly PropertyKey[], { root, input }: Checked): Place {
  let node: SchemaNode | undefined = root;
  let value = input;
  for (const key of path) {
    node = node === undefined ? undefined : childNode(node, key, value);
    value = fieldOf(value, key);
  }
  return { path: path.join('.'), node, value };
}
