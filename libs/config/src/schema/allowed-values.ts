import { type SchemaNode, membersOf } from './schema-node.ts';

/** What a field takes, in words: “a whole number from 0 to 5000”. The same words stand in messages and documents. */
export function allowedValues(node: SchemaNode): string {
  const members = membersOf(node).flatMap(membersOf);
  if (members.length > 1) return [...new Set(members.map(describeMember))].join(', or ');
  return describeMember(members[0] ?? node);
}

function describeMember(node: SchemaNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined)
    return node.enum.length === 1
      ? JSON.stringify(node.enum[0])
      : `one of ${node.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  switch (node.type) {
    case 'integer':
      return `a whole number${range(node)}`;
    case 'number':
      return `a number${range(node)}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'string':
      return text(node);
    case 'array':
      return `a list of ${count(node.minItems, node.maxItems)}items`;
    case undefined:
    default:
      return discriminated(node) ?? named(node) ?? 'an object';
  }
}

/** A record: names that are the user’s, each with a value. */
const named = ({ additionalProperties }: SchemaNode): string | undefined =>
  typeof additionalProperties === 'object'
    ? `an object with ${allowedValues(additionalProperties)} by name`
    : undefined;

function discriminated({ properties = {} }: SchemaNode): string | undefined {
  const tag = Object.entries(properties).find(([, field]) => field.const !== undefined);
  return tag === undefined ? undefined : `an object with ${tag[0]} ${JSON.stringify(tag[1].const)}`;
}

function range({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const low = exclusiveMinimum === undefined ? bound(minimum, 'from') : bound(exclusiveMinimum, 'above');
  const high = bound(maximum, low === '' || exclusiveMinimum !== undefined ? 'up to' : 'to');
  return [low, high]
    .filter((part) => part !== '')
    .map((part) => ` ${part}`)
    .join('');
}

/** Bounds that every JSON number has say nothing. */
const bound = (value: number | undefined, word: string): string =>
  value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? '' : `${word} ${value}`;

function text({ minLength, maxLength, pattern }: SchemaNode): string {
  const length = count(minLength, maxLength);
  const size = length === '' ? 'text' : `text of ${length}characters`;
  return pattern === undefined ? size : `${size} that matches ${pattern}`;
}

function count(min: number | undefined, max: number | undefined): string {
  if (max === undefined) return min === undefined || min === 0 ? '' : `at least ${min} `;
  return min === undefined || min === 0 ? `at most ${max} ` : `${min} to ${max} `;
}
