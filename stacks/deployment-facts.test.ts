import { describe, expect, test } from '@jest/globals';
import { deploymentFacts, placeholderAccountId } from './deployment-facts.ts';

const account = { AWS_ACCOUNT_ID: '123456789012' };

const messageOf = (env: Readonly<Record<string, string>>): string => {
  try {
    deploymentFacts(env);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('deploymentFacts', () => {
  test('needs the account alone', () => {
    expect(deploymentFacts({ ...account, TIDELINE_IMAGE: '', PATH: '/bin' })).toEqual({
      accountId: '123456789012',
      image: null,
      loadRunnerImage: null,
      s3PathStyle: false,
      stateBackend: 's3',
    });
  });

  test('reads images, backend and endpoint', () => {
    const image = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/tideline-dev-api@sha256:${'a'.repeat(64)}`;
    expect(
      deploymentFacts({
        ...account,
        TIDELINE_IMAGE: image,
        TIDELINE_LOAD_RUNNER_IMAGE: 'localhost:5000/load-runner:v1',
        TIDELINE_STATE_BACKEND: 'local',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:5000',
      }),
    ).toEqual({
      accountId: '123456789012',
      image,
      loadRunnerImage: 'localhost:5000/load-runner:v1',
      s3PathStyle: true,
      stateBackend: 'local',
    });
  });

  test.each([{}, { AWS_ACCOUNT_ID: '' }])('takes the placeholder where no account is named: %j', (env) => {
    expect(deploymentFacts(env).accountId).toBe(placeholderAccountId);
  });

  test.each([
    [{ AWS_ACCOUNT_ID: '1234' }, 'AWS_ACCOUNT_ID must be the 12 digits of an AWS account; got "1234"'],
    [{ ...account, TIDELINE_IMAGE: 'registry/app' }, 'must be an image with a tag or a digest'],
    [{ ...account, TIDELINE_IMAGE: 'registry/app@sha256:12' }, 'got "registry/app@sha256:12"'],
    [{ ...account, TIDELINE_STATE_BACKEND: 'file' }, 'must be s3, local or s3-without-table'],
    [{ ...account, AWS_ENDPOINT_URL: 'localhost:5000' }, 'must be an http or https URL'],
  ])('refuses %j', (env, message) => {
    expect(messageOf(env)).toContain(message);
  });

  test('names every variable that cannot be used', () => {
    expect(messageOf({ AWS_ACCOUNT_ID: 'x', TIDELINE_STATE_BACKEND: 'y' }).split('\n')).toHaveLength(2);
  });
});
