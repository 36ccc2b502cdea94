import * as z from 'zod';
import { environmentSchema } from './environment.ts';

/** The part of JSON Schema that describes an environment. */
export interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  /** A value that no message or document may show. */
  readonly writeOnly?: boolean;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A zod schema, as a person writes its values, in the shape that messages, overrides and documents walk. */
export const schemaNode = (schema: z.ZodType): SchemaNode =>
  z.toJSONSchema(schema, { io: 'input' }) as SchemaNode;

let environmentNode: SchemaNode | undefined;

/** The environment’s schema; built once, on first use. */
export const environmentSchemaNode = (): SchemaNode => (environmentNode ??= schemaNode(environmentSchema));

/** The members of a union, or the node itself. */
export const membersOf = (node: SchemaNode): readonly SchemaNode[] => node.oneOf ?? node.anyOf ?? [node];

/** The members that a value may belong to, going by the fields that tell them apart (`kind`, `type`); all of them when it has none. */
function membersFor(node: SchemaNode, value: unknown): readonly SchemaNode[] {
  const members = membersOf(node);
  const fitting = members.filter((member) =>
    Object.entries(member.properties ?? {}).every(
      ([key, field]) => field.const === undefined || field.const === fieldOf(value, key),
    ),
  );
  return fitting.length > 0 ? fitting : members;
}

/** The field below a node, given the value around it; undefined when the schema has no such field. */
export function childNode(node: SchemaNode, key: PropertyKey, value: unknown): SchemaNode | undefined {
  for (const member of membersFor(node, value)) {
    if (member.items !== undefined && typeof key === 'number') return member.items;
    const field = typeof key === 'string' ? member.properties?.[key] : undefined;
    if (field !== undefined) return field;
    if (typeof member.additionalProperties === 'object') return member.additionalProperties;
  }
  return undefined;
}

/** Names of the fields that an object may have here. */
export const knownKeys = (node: SchemaNode, value: unknown): readonly string[] => [
  ...new Set(membersFor(node, value).flatMap(({ properties }) => Object.keys(properties ?? {}))),
];

/** One field of an unknown value; undefined when it has none. */
export const fieldOf = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
