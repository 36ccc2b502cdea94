import type { Statement } from '../src/ground/policy-document.ts';

/** What a call does to one of the resources that it names; a call needs every one of them. */
export interface Access {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys; one that is missing is not there for AWS either. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Whether statements that allow, with the operators that this project uses of IAM’s, let a call have a resource. */
export const allows = (statements: readonly Statement[], access: Access): boolean =>
  statements.some(
    ({ Action, Resource, Condition }) =>
      [Action].flat().includes(access.action) &&
      [Resource ?? []].flat().some((pattern) => matches(pattern, access.resource)) &&
      Object.entries(Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, expected]) =>
          holds(operator, [expected].flat(), access.context?.[key]),
        ),
      ),
  );

function holds(operator: string, expected: readonly string[], actual: string | undefined): boolean {
  if (operator === 'Null') return expected.includes(String(actual === undefined));
  if (operator === 'StringEquals') return actual !== undefined && expected.includes(actual);
  throw new Error(`no operator ${operator} here`);
}

const matches = (pattern: string, resource: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')}$`).test(resource);

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
