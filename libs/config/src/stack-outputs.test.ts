import { expect, test } from '@jest/globals';
import { parseStackOutputs } from './stack-outputs.ts';

const printed = {
  'cross-stack-output-aws_ecr_repositoryapp': { value: 'x', type: 'string', sensitive: true },
  appRepositoryUrl: { value: 'r/api', type: 'string', sensitive: false },
  loadRunnerRepositoryUrl: { value: 'r/load-runner', type: 'string', sensitive: false },
};

test('parseStackOutputs reads what terraform prints, without what CDKTF adds for other stacks', () => {
  expect(parseStackOutputs('registry', printed)).toEqual({
    appRepositoryUrl: 'r/api',
    loadRunnerRepositoryUrl: 'r/load-runner',
  });
});

test('parseStackOutputs refuses a stack that was not deployed to its end', () => {
  expect(() => parseStackOutputs('registry', { appRepositoryUrl: { value: 'r/api' } })).toThrow(
    'loadRunnerRepositoryUrl',
  );
  expect(() => parseStackOutputs('service', {})).toThrow('clusterName');
});

test('a state stack without a repository has no deploy role', () => {
  expect(
    parseStackOutputs('state', { bucketName: { value: 'b' }, lockTableName: { value: 't' } }),
  ).toMatchObject({ deployRoleArn: null });
});

test('a state stack of an earlier version locks in its table', () => {
  const outputs = { bucketName: { value: 'b' }, lockTableName: { value: 't' } };
  expect(parseStackOutputs('state', outputs)).toMatchObject({ lock: 'dynamodb' });
});

test('a state stack without a lock table names none', () => {
  const outputs = { bucketName: { value: 'b' }, lock: { value: 's3' } };
  expect(parseStackOutputs('state', outputs)).toMatchObject({ lock: 's3', lockTableName: null });
});
