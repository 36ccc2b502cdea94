import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, deployTrust } from '@tideline/config';
import { allows } from '../../test/permissions.ts';
import { environment as resolved, resourcesOf } from '../../test/synthesise.ts';
import type { Statement } from '../ground/policy-document.ts';
import { GithubDeployRole } from './github-deploy-role.ts';

const issuer = 'token.actions.githubusercontent.com';
const repository = {
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_REPOSITORY_OWNER_ID: '123456',
  GITHUB_REPOSITORY_ID: '456789',
};

/** The deploy role of an environment as Terraform gets it. */
function roleOf(over: Partial<EnvironmentInput> = {}) {
  const environment = resolved(over);
  const trust = deployTrust(environment, repository);
  if (trust === null) throw new Error('no repository is named');
  const of = resourcesOf((stack) => {
    new GithubDeployRole(stack, 'github', {
      context: {
        environment,
        accountId: '123456789012',
        image: null,
        loadRunnerImage: null,
        releaseHookFile: 'release-hook.zip',
        deployTrust: trust,
        s3PathStyle: false,
        stateBackend: 's3',
      },
      trust,
    });
  });
  const [role] = of('aws_iam_role');
  const policy = JSON.parse(String(role?.assume_role_policy)) as { readonly Statement: readonly Statement[] };
  return { of, statements: policy.Statement };
}

/** Whether a token with these claims takes a role of this trust policy. */
const admits = (statements: readonly Statement[], sub: string, aud = 'sts.amazonaws.com'): boolean =>
  allows(statements, {
    action: 'sts:AssumeRoleWithWebIdentity',
    context: { [`${issuer}:aud`]: aud, [`${issuer}:sub`]: sub },
  });

const ids = 'repo:octo-org@123456/octo-repo@456789';
const names = 'repo:octo-org/octo-repo';

/** Subjects that no trust policy of this project admits, whichever form it trusts. */
const strangers = (
  [
    // Documented forms of other jobs of the same repository (GitHub docs, OpenID Connect reference).
    [`${ids}:ref:refs/heads/main`, 'a branch, which no environment’s rules guard'],
    [`${names}:ref:refs/heads/main`, 'a branch by names'],
    [`${ids}:ref:refs/tags/v1`, 'a tag'],
    [`${ids}:pull_request`, 'a pull request'],
    [`${ids}:environment:production`, 'another environment'],
    [`${ids}:environment:dev-destroy-2`, 'an environment that begins alike'],
    [`${ids}:environment:dev%3Aref%3Arefs/heads/main`, 'an environment with more behind it'],
    // Made up: the name deleted or renamed by its owner, and taken by another.
    ['repo:octo-org@999999/octo-repo@888888:environment:dev', 'a recycled owner and repository'],
    ['repo:octo-org@123456/octo-repo@888888:environment:dev', 'a recycled repository of the same owner'],
    ['repo:octo-org@999999/octo-repo@456789:environment:dev', 'another owner'],
    ['repo:octo-org@1234567/octo-repo@456789:environment:dev', 'an owner id that begins alike'],
    ['repo:octo-org@123456/octo-repo@4567890:environment:dev', 'a repository id that begins alike'],
    ['repo:octo-org-123456/octo-repo-456789:environment:dev', 'names that look like the first draft’s form'],
    ['repo:Octo-Org@123456/octo-repo@456789:environment:dev', 'another case of the owner'],
    ['repo:octo-org@123456/octo-repo@456789:environment:Dev', 'another case of the environment'],
    ['repo:octo-org@456789/octo-repo@123456:environment:dev', 'the ids exchanged'],
    ['repo:octo-org@*/octo-repo@*:environment:*', 'wildcards'],
    ['', 'nothing'],
  ] as const
).map(([sub, what]) => ({ sub, what }));

describe('a repository whose tokens carry ids', () => {
  const { of, statements } = roleOf();

  test.each([`${ids}:environment:dev`, `${ids}:environment:dev-destroy`])('takes the role as %s', (sub) => {
    expect(admits(statements, sub)).toBe(true);
  });

  test.each(strangers)('does not take it as $what', ({ sub }) => {
    expect(admits(statements, sub)).toBe(false);
  });

  test.each([`${names}:environment:dev`, `${names}:environment:dev-destroy`])(
    'is not taken for one of the same name, %s',
    (sub) => {
      expect(admits(statements, sub)).toBe(false);
    },
  );

  test('shows a token that is made for AWS, of the account’s provider of GitHub', () => {
    expect(admits(statements, `${ids}:environment:dev`, 'https://github.com/octo-org')).toBe(false);
    expect(of('aws_iam_openid_connect_provider')).toMatchObject([
      { url: `https://${issuer}`, client_id_list: ['sts.amazonaws.com'] },
    ]);
  });

  test('would be impersonated if the subject were a pattern', () => {
    const loose = statements.map((statement) => ({
      ...statement,
      Condition: { StringLike: { [`${issuer}:sub`]: 'repo:octo-org*/octo-repo*:environment:dev' } },
    }));
    expect(admits(loose, 'repo:octo-org@999999/octo-repo@888888:environment:dev')).toBe(true);
  });
});

describe('a repository whose tokens carry names, where the description asks for that', () => {
  const { statements } = roleOf({ delivery: { subject: 'names' } });

  test.each([`${names}:environment:dev`, `${names}:environment:dev-destroy`])(
    'takes the role as %s',
    (sub) => {
      expect(admits(statements, sub)).toBe(true);
    },
  );

  test.each<{ readonly sub: string; readonly what: string }>([
    ...strangers,
    { sub: `${ids}:environment:dev`, what: 'the form with ids' },
  ])('does not take it as $what', ({ sub }) => {
    expect(admits(statements, sub)).toBe(false);
  });
});

test('the environment at GitHub may have another name than the stage', () => {
  const { statements } = roleOf({ stage: 'live', delivery: { environment: 'production' } });
  expect(admits(statements, `${ids}:environment:production`)).toBe(true);
  expect(admits(statements, `${ids}:environment:production-destroy`)).toBe(true);
  expect(admits(statements, `${ids}:environment:live`)).toBe(false);
});

test('the account’s provider is taken where one exists', () => {
  const { of } = roleOf({ delivery: { oidcProvider: 'existing' } });
  expect(of('aws_iam_openid_connect_provider')).toEqual([]);
  expect(of('aws_iam_role')).toHaveLength(1);
});
