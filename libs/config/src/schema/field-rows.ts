import { allowedValues } from './allowed-values.ts';
import { type SchemaNode, membersOf } from './schema-node.ts';

/** One field as a table shows it. */
export interface FieldRow {
  readonly path: string;
  readonly allowed: string;
  readonly default: string;
  readonly meaning: string;
}

/** Every field below a node; the members of a union follow one another as `metric (cpu).targetPercent`. */
export function fieldRows(node: SchemaNode, path: string): readonly FieldRow[] {
  const tagged = membersOf(node).flatMap((member) => taggedMember(member));
  if (tagged.length > 0)
    return tagged.flatMap(({ tag, name, member }) => [
      ...row(member.properties?.[tag] ?? {}, join(path, tag), true),
      ...objectRows(member, { path: tagged.length > 1 ? `${path} (${name})` : path, skip: tag }),
    ]);
  if (node.properties !== undefined) return objectRows(node, { path, skip: undefined });
  // An object that may be null has a row of its own, above those of its fields.
  const objects = membersOf(node).filter(({ properties }) => properties !== undefined);
  return [
    ...row(node, path, false),
    ...objects.flatMap((member) => objectRows(member, { path, skip: undefined })),
  ];
}

function objectRows(
  { properties = {}, required = [] }: SchemaNode,
  at: { readonly path: string; readonly skip: string | undefined },
): readonly FieldRow[] {
  return Object.entries(properties)
    .filter(([key]) => key !== at.skip)
    .flatMap(([key, field]) => {
      const path = join(at.path, key);
      const nested =
        field.properties !== undefined || membersOf(field).some(({ properties: p }) => p !== undefined);
      if (nested) return fieldRows(field, path);
      const items = field.items?.properties === undefined ? [] : fieldRows(field.items, `${path}[]`);
      return [...row(field, path, required.includes(key)), ...items];
    });
}

function row(node: SchemaNode, path: string, required: boolean): FieldRow[] {
  const meaning = node.description ?? '';
  const byDefault = node.default === undefined ? undefined : JSON.stringify(node.default);
  return [
    {
      path,
      allowed: allowedValues(node),
      default: byDefault ?? (required ? 'required' : meaning.includes('Default:') ? 'see meaning' : 'none'),
      meaning,
    },
  ];
}

function taggedMember(member: SchemaNode) {
  const tag = Object.entries(member.properties ?? {}).find(([, field]) => field.const !== undefined);
  return tag === undefined ? [] : [{ tag: tag[0], name: String(tag[1].const), member }];
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
