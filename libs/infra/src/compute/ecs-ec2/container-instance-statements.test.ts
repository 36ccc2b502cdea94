import { expect, test } from '@jest/globals';
import { containerInstanceStatements } from './container-instance-statements.ts';

const statements = containerInstanceStatements({
  region: 'eu-west-1',
  accountId: '123456789012',
  cluster: 'shop-prod',
  repositoryArns: ['arn:aws:ecr:eu-west-1:123456789012:repository/shop-prod-api'],
  logGroupArns: ['arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/shop-prod-api'],
});

test('an instance works for its own cluster alone', () => {
  const ecs = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('ecs:')));
  expect(ecs.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
    ['FindEcs', '*'],
    ['Register', 'arn:aws:ecs:eu-west-1:123456789012:cluster/shop-prod'],
    ['Work', 'arn:aws:ecs:eu-west-1:123456789012:container-instance/shop-prod/*'],
  ]);
});

test('an instance makes no cluster, sets no tag and reads no secret', () => {
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => /Create(?!LogStream)|Tag|secretsmanager/.test(action))).toEqual([]);
});
