import type { Statement } from '../src/ground/policy-document.ts';

type Values = string | readonly string[];

/** What a call does to one of the resources that it names; a call needs every one of them. */
export interface Access {
  readonly action: string;
  /** None where a role is taken: its trust policy belongs to the role and names no resource. */
  readonly resource?: string;
  /** Values of condition keys; one that is missing is not there for AWS either. */
  readonly context?: Readonly<Record<string, Values>>;
}

/** Whether statements that allow, with the operators that this project uses of IAM’s, let a call have a resource. */
export const allows = (statements: readonly Statement[], access: Access): boolean =>
  statements.some(
    ({ Action, Resource, Condition }) =>
      [Action].flat().includes(access.action) &&
      (Resource === undefined
        ? access.resource === undefined
        : [Resource].flat().some((pattern) => matches(pattern, access.resource ?? ''))) &&
      Object.entries(Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, expected]) =>
          holds(operator, [expected].flat(), access.context?.[key]),
        ),
      ),
  );

/** As IAM compares (IAM guide, condition operators, and those for keys with several values). */
function holds(operator: string, expected: readonly string[], actual: Values | undefined): boolean {
  const values = [actual ?? []].flat();
  const one = values.length === 1 ? values[0] : undefined;
  switch (operator) {
    case 'Null':
      return expected.includes(String(actual === undefined));
    case 'StringEquals':
      return one !== undefined && expected.includes(one);
    case 'StringLike':
      return one !== undefined && expected.some((pattern) => matches(pattern, one));
    case 'ForAllValues:StringEquals':
      // Also true of a key that is not there.
      return values.every((value) => expected.includes(value));
    default:
      throw new Error(`no operator ${operator} here`);
  }
}

const matches = (pattern: string, resource: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^$(){}|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(resource);

/** Actions that statements allow on every resource of an account, or bound by the Region alone; reading aside. */
export const unscopedActions = (statements: readonly Statement[]): readonly string[] =>
  statements
    .filter(({ Resource, Condition }) => Resource === '*' && !isScope(Condition))
    .flatMap(({ Action }) => Action)
    .filter((action) => !/:(Describe|List|Get)/.test(action));

const isScope = (condition: Statement['Condition']): boolean =>
  Object.values(condition ?? {}).some((keys) =>
    Object.keys(keys).some((key) => key !== 'aws:RequestedRegion'),
  );
