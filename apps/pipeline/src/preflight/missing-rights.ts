import * as z from 'zod';
import type { Policies } from '../stacks/stack-tool.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** The part of IAM’s policies that this project writes: statements that allow, by action, resource and condition. */
const documentSchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.literal('Allow'),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).default({}),
    }),
  ),
});
type Grant = z.output<typeof documentSchema>['Statement'][number];

/**
 * What needed policies allow and granted ones do not, as `action on resource`, in the order of the needed ones.
 * A grant covers a need when it names the action, matches the resource, and has no condition that the need does not meet:
 * a role that may do more than is needed lacks nothing.
 * @throws ZodError for a policy that this project does not write, such as one that denies
 */
export function missingRights(granted: Policies, needed: Policies): readonly string[] {
  const grants = grantsOf(granted);
  const byAction = new Map<string, Grant[]>();
  for (const grant of grants)
    for (const action of grant.Action) byAction.set(action, [...(byAction.get(action) ?? []), grant]);
  return grantsOf(needed).flatMap(({ Action, Resource, Condition }) =>
    Action.flatMap((action) =>
      Resource.filter(
        (resource) =>
          !(byAction.get(action) ?? []).some(
            (grant) =>
              grant.Resource.some((pattern) => matches(pattern, resource)) &&
              isAsWide(grant.Condition, Condition),
          ),
      ).map((resource) => `${action} on ${resource}`),
    ),
  );
}

const grantsOf = (policies: Policies): readonly Grant[] =>
  Object.values(policies).flatMap((policy) => documentSchema.parse(JSON.parse(policy)).Statement);

/** Whether each value that a condition of the need admits is one that the same condition of the grant admits. */
const isAsWide = (granted: Grant['Condition'], needed: Grant['Condition']): boolean =>
  Object.entries(granted).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const asked = needed[operator]?.[key];
      return asked?.every((value) => values.includes(value)) ?? false;
    }),
  );

/** A resource that is itself a pattern is covered by a pattern that is as wide. */
const matches = (pattern: string, resource: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+^$(){}|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`).test(
    resource,
  );
