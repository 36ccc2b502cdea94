import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isPinned, serviceWorkflows, tidelinePlaceholder } from './workflows.ts';

interface Called {
  readonly uses: string;
  readonly permissions: object;
  readonly with: Readonly<Record<string, unknown>>;
}
interface Inputs {
  readonly on: {
    readonly workflow_call: { readonly inputs: Readonly<Record<string, { readonly required?: boolean }>> };
  };
}

const commit = 'a'.repeat(40);
const service = join(import.meta.dirname, '..', '..', '..', '..', '.github', 'workflows', 'service.yml');
const { inputs } = (parse(readFileSync(service, 'utf8')) as Inputs).on.workflow_call;

test('each calls the reusable workflow at one commit, with inputs that it has and all that it requires', () => {
  const files = serviceWorkflows(`acme/tideline@${commit}`);
  expect(files.map(({ name }) => name)).toEqual([
    '.github/workflows/tideline-deploy.yml',
    '.github/workflows/tideline-destroy.yml',
  ]);
  for (const { text } of files) {
    const { jobs, permissions } = parse(text) as {
      readonly jobs: Readonly<Record<string, Called>>;
      readonly permissions: object;
    };
    expect(permissions).toEqual({});
    const [job] = Object.values(jobs);
    expect(job?.uses).toBe(`acme/tideline/.github/workflows/service.yml@${commit}`);
    expect(job?.with).toMatchObject({ repository: 'acme/tideline', commit });
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(job?.with ?? {})));
    const required = Object.keys(inputs).filter((name) => inputs[name]?.required === true);
    expect(Object.keys(job?.with ?? {})).toEqual(expect.arrayContaining(required));
  }
});

test.each([
  [tidelinePlaceholder, true],
  [`acme/tideline@${commit}`, true],
  ['acme/tideline@main', false],
  ['acme/tideline@v1.2.3', false],
  [`acme/tideline@${commit.slice(1)}`, false],
  ['tideline', false],
])('%s is pinned: %s', (text, pinned) => {
  expect(isPinned(text)).toBe(pinned);
});
