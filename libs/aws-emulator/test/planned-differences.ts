import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/** One attribute that a plan would change; `*` when the whole resource comes, goes or is replaced. */
export interface PlannedDifference {
  readonly address: string;
  readonly resourceType: string;
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
}

const attributes = z.record(z.string(), z.unknown()).nullable();
const plan = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        change: z.object({ actions: z.array(z.string()), before: attributes, after: attributes }),
      }),
    )
    .default([]),
  output_changes: z
    .record(
      z.string(),
      z.object({
        actions: z.array(z.string()),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
      }),
    )
    .default({}),
});

/** Reads `terraform show -json` of a plan. Values known only after the apply count as different. */
export function plannedDifferences(json: string): readonly PlannedDifference[] {
  const { resource_changes: resources, output_changes: outputs } = plan.parse(JSON.parse(json));
  return [
    ...resources.flatMap(({ address, type, change }) => {
      const { actions, before, after } = change;
      const resource = { address, resourceType: type };
      if (isNoChange(actions)) return [];
      if (actions.join() !== 'update') return [{ ...resource, attribute: '*', before, after }];
      return changedNames(before ?? {}, after ?? {}).map((attribute) => ({
        ...resource,
        attribute,
        before: before?.[attribute],
        after: after?.[attribute],
      }));
    }),
    ...Object.entries(outputs)
      .filter(([, { actions }]) => !isNoChange(actions))
      .map(([name, { before, after }]) => ({
        address: `output.${name}`,
        resourceType: 'output',
        attribute: name,
        before,
        after,
      })),
  ];
}

/** Names whose values differ, in either object. */
export function changedNames(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}

const isNoChange = (actions: readonly string[]): boolean =>
  actions.join() === 'no-op' || actions.join() === 'read';
