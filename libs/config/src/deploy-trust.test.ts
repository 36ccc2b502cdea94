import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from './configuration-error.ts';
import { deployTrust } from './deploy-trust.ts';
import type { EnvironmentInput } from './environment.ts';
import { presetInput } from './presets/presets.ts';
import { resolveEnvironment } from './resolve/resolve-environment.ts';

const environment = (delivery: EnvironmentInput['delivery'] = {}) =>
  resolveEnvironment({ ...presetInput('load-driven'), delivery });

const named = { GITHUB_REPOSITORY: 'acme/Shop.js' };
const full = { ...named, GITHUB_REPOSITORY_ID: '456789', GITHUB_REPOSITORY_OWNER_ID: '123456' };
const subjects = [
  'repo:acme@123456/Shop.js@456789:environment:dev',
  'repo:acme@123456/Shop.js@456789:environment:dev-destroy',
];

const refusal = (
  delivery: EnvironmentInput['delivery'],
  variables: Readonly<Record<string, string>>,
): string => {
  try {
    deployTrust(environment(delivery), variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('the repository that deploys', () => {
  test.each([{}, { GITHUB_REPOSITORY: '' }])('is none where none is named: %j', (variables) => {
    expect(deployTrust(environment(), variables)).toBeNull();
  });

  test.each([
    ['the variables of GitHub Actions', {}, full],
    ['the description', { repositoryId: 456789, ownerId: 123456 }, named],
    ['its own subject, as GitHub shows it', {}, { GITHUB_REPOSITORY: 'acme@123456/Shop.js@456789' }],
    ['several sources that agree', { ownerId: 123456 }, full],
  ] as const)('has its ids from %s', (_, delivery, variables) => {
    expect(deployTrust(environment(delivery), variables)).toEqual({ repository: 'acme/Shop.js', subjects });
  });

  test('is trusted by its names alone only where the description says so', () => {
    expect(deployTrust(environment({ subject: 'names' }), full)?.subjects).toEqual([
      'repo:acme/Shop.js:environment:dev',
      'repo:acme/Shop.js:environment:dev-destroy',
    ]);
  });
});

describe('the refusal', () => {
  test('of a missing id says how to find both', () => {
    expect(refusal({}, { ...named, GITHUB_REPOSITORY_OWNER_ID: '123456' })).toBe(
      "TL-CONFIG-GITHUB-ID GITHUB_REPOSITORY is acme/Shop.js, and the id of its repository is given by neither GITHUB_REPOSITORY_ID nor delivery.repositoryId; tokens of GitHub carry both ids, so that a recycled name does not match. Find both ids: gh api repos/acme/Shop.js --jq '.id,.owner.id' prints that of the repository, then that of its owner, and set them. Only where the repository’s tokens carry names alone, set delivery.subject to names",
    );
  });

  test('names every id that is missing', () => {
    expect(refusal({}, named).split('\n')).toHaveLength(2);
  });

  test.each([
    [{}, { GITHUB_REPOSITORY: 'https://github.com/acme/shop' }, 'it must be a repository as owner/name'],
    [{}, { GITHUB_REPOSITORY: 'acme@one/shop@2' }, 'it must be a repository as owner/name'],
    [{}, { ...full, GITHUB_REPOSITORY_ID: 'R_kgDOG' }, 'GITHUB_REPOSITORY_ID is "R_kgDOG"'],
    [{}, { ...full, GITHUB_REPOSITORY_OWNER_ID: '0123' }, 'GITHUB_REPOSITORY_OWNER_ID is "0123"'],
    [
      { ownerId: 7 },
      full,
      'delivery.ownerId gives the owner the id 7, and GITHUB_REPOSITORY_OWNER_ID gives it 123456',
    ],
    [{ subject: 'names', ownerId: 7 }, full, 'delivery.subject is "names", and delivery.ownerId is 7'],
  ] as const)('of %j and %j', (delivery, variables, words) => {
    expect(refusal(delivery, variables)).toContain(words);
    expect(refusal(delivery, variables)).toMatch(/^TL-CONFIG-GITHUB-ID /);
  });
});
