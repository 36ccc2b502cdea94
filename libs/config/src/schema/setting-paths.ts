import { type FieldRow, fieldRows } from './field-rows.ts';
import { loadProfileSchema } from './load-profile.ts';
import { type SchemaNode, environmentSchemaNode, schemaNode } from './schema-node.ts';

/**
 * Every field that docs/reference/configuration.md has a row for, each once: `compute (fargate).memoryMiB`,
 * `release.kind=blue-green`, `scaling.policies (step).alarm.threshold`, and those of a load profile as `profile.stages[].users`.
 */
export function settingPaths(): readonly string[] {
  const { properties = {}, required = [] } = environmentSchemaNode();
  const environment = Object.entries(properties).flatMap(([name, field]) =>
    fieldRows({ properties: { [name]: field }, required }, '').flatMap((row) =>
      row.path === 'scaling.policies' ? policyPaths(field) : pathOf(row),
    ),
  );
  const profile = fieldRows(schemaNode(loadProfileSchema), 'profile').map(pathOf);
  return [...environment, ...profile];
}

function policyPaths({ properties }: SchemaNode): readonly string[] {
  return (properties?.policies?.items?.oneOf ?? []).flatMap((member) => {
    const type = String(member.properties?.type?.const);
    return fieldRows(member, '').map((row) => `scaling.policies (${type}).${pathOf(row)}`);
  });
}

/** The members of a union share the name of the field that tells them apart. */
function pathOf({ path, allowed }: FieldRow): string {
  const [, member] = /^"([^"]*)"$/.exec(allowed) ?? [];
  return member === undefined ? path : `${path}=${member}`;
}
