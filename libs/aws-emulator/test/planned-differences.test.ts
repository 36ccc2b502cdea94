import { describe, expect, test } from '@jest/globals';
import { judgeDifferences } from './known-gaps.ts';
import { plannedDifferences } from './planned-differences.ts';

const resource = (actions: readonly string[], before: object | null, after: object | null) => ({
  address: 'aws_ecs_service.api',
  type: 'aws_ecs_service',
  change: { actions, before, after },
});

const differences = (plan: object) =>
  plannedDifferences(JSON.stringify(plan)).map(({ address, attribute }) => `${address} ${attribute}`);

describe('a plan’s differences', () => {
  test('name each attribute that an update changes', () => {
    const before = { name: 'api', tags: { a: '1' }, count: 1 };
    const after = { name: 'api', tags: { a: '2' }, count: 2 };
    expect(differences({ resource_changes: [resource(['update'], before, after)] })).toEqual([
      'aws_ecs_service.api count',
      'aws_ecs_service.api tags',
    ]);
  });

  test('count a value that only the apply will know', () => {
    const plan = { resource_changes: [resource(['update'], { arn: 'a' }, {})] };
    expect(differences(plan)).toEqual(['aws_ecs_service.api arn']);
  });

  test('name the whole resource when it comes, goes or is replaced', () => {
    for (const actions of [['create'], ['delete'], ['delete', 'create']]) {
      expect(differences({ resource_changes: [resource(actions, null, {})] })).toEqual([
        'aws_ecs_service.api *',
      ]);
    }
  });

  test('include outputs, and leave out what stays', () => {
    const plan = {
      resource_changes: [resource(['no-op'], {}, {}), resource(['read'], null, {})],
      output_changes: { url: { actions: ['update'] }, name: { actions: ['no-op'] } },
    };
    expect(differences(plan)).toEqual(['output.url url']);
  });
});

describe('the table of known gaps', () => {
  const gap = { resourceType: 'aws_ecs_service', attribute: 'tags', reason: 'moto drops them' };
  const difference = {
    address: 'aws_ecs_service.api',
    resourceType: 'aws_ecs_service',
    attribute: 'tags',
    before: {},
    after: { a: '1' },
  };

  test('explains a listed difference, and no other', () => {
    const other = { ...difference, attribute: 'name' };
    const found = judgeDifferences([difference, other], new Set(['aws_ecs_service']), [gap]);
    expect(found).toEqual({ unexplained: [other], closed: [] });
  });

  test('shows an entry that no longer occurs, where its resource is deployed', () => {
    expect(judgeDifferences([], new Set(['aws_ecs_service']), [gap]).closed).toEqual([gap]);
    expect(judgeDifferences([], new Set(['aws_vpc']), [gap]).closed).toEqual([]);
  });
});
