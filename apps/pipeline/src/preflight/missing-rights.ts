import * as z from 'zod';
import type { Policies } from '../stacks/stack-tool.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** The part of IAM’s policies that this project writes: statements by action, resource and condition. */
const documentSchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.enum(['Allow', 'Deny']),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).default({}),
    }),
  ),
});
type Statement = z.output<typeof documentSchema>['Statement'][number];

/**
 * What needed policies allow and granted ones do not, as `action on resource`, in the order of the needed ones.
 * A grant covers a need when it names the action, matches the resource, and has no condition that the need does not meet:
 * a role that may do more than is needed lacks nothing. A denial that the needed policies do not have takes away what it names,
 * whatever its condition; one that they have belongs there.
 * @throws ZodError for a policy that this project does not write
 */
export function missingRights(granted: Policies, needed: Policies): readonly string[] {
  const [has, needs] = [statementsOf(granted), statementsOf(needed)];
  const meant = new Set(needs.filter(denies).map((statement) => JSON.stringify(statement)));
  const denials = byActionOf(has.filter(denies).filter((statement) => !meant.has(JSON.stringify(statement))));
  const grants = byActionOf(has.filter((statement) => !denies(statement)));
  const isDenied = (action: string, resource: string): boolean =>
    (denials.get(action) ?? []).some((denial) =>
      denial.Resource.some((pattern) => matches(pattern, resource) || matches(resource, pattern)),
    );
  const isGranted = (action: string, resource: string, condition: Statement['Condition']): boolean =>
    (grants.get(action) ?? []).some(
      (grant) =>
        grant.Resource.some((pattern) => matches(pattern, resource)) && isAsWide(grant.Condition, condition),
    );
  return needs
    .filter((statement) => !denies(statement))
    .flatMap(({ Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.filter(
          (resource) => isDenied(action, resource) || !isGranted(action, resource, Condition),
        ).map((resource) => `${action} on ${resource}`),
      ),
    );
}

const denies = ({ Effect }: Statement): boolean => Effect === 'Deny';

const statementsOf = (policies: Policies): readonly Statement[] =>
  Object.values(policies).flatMap((policy) => documentSchema.parse(JSON.parse(policy)).Statement);

function byActionOf(statements: readonly Statement[]): ReadonlyMap<string, readonly Statement[]> {
  const byAction = new Map<string, Statement[]>();
  for (const statement of statements)
    for (const action of statement.Action) byAction.set(action, [...(byAction.get(action) ?? []), statement]);
  return byAction;
}

/** Whether each value that a condition of the need admits is one that the same condition of the grant admits. */
const isAsWide = (granted: Statement['Condition'], needed: Statement['Condition']): boolean =>
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
