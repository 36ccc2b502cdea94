import { describe, expect, test } from '@jest/globals';
import { resourceNames } from '@tideline/config';
import { FakeAccount, environment, fakePipeline, never, rejection } from '../../test/fake-pipeline.ts';
import { madeFrom } from '../../test/made-from.ts';
import { requireRights } from './require-rights.ts';

interface Allowed {
  readonly Effect?: 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

const policy = (...statements: readonly Allowed[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Sid: 'A', Effect: 'Allow', ...statement })),
  });

const { deployRole, permissionsBoundary } = resourceNames(environment);
const role = `arn:aws:sts::123456789012:assumed-role/${deployRole}/GitHubActions`;

const makeVpc = { Action: ['ec2:CreateVpc', 'ec2:DeleteVpc'], Resource: 'arn:aws:ec2:us-east-1:1:vpc/*' };
const noVpcByHook = {
  ...makeVpc,
  Effect: 'Deny',
  Condition: { ArnEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:us-east-1:1:function:hook' } },
} as const;
const logs = { Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:us-east-1:1:log-group:/ecs/tideline-*' };

/** An account whose last bootstrap granted some, while the stacks of today need other. */
function accountOf(
  granted: Readonly<Record<string, string>>,
  needed: Readonly<Record<string, string>>,
): FakeAccount {
  const fake = new FakeAccount();
  const managed = Object.entries(granted).map(([name, document]) => ({
    type: 'aws_iam_policy',
    attributes: { name, policy: document },
  }));
  fake.states.set('tideline/dev/state.tfstate', { ...madeFrom('test'), managed });
  for (const [name, document] of Object.entries(needed)) fake.policies.set(name, document);
  fake.callerArn = role;
  return fake;
}

const inPolicy = (document: string) => ({ [`${deployRole}-network`]: document });
const check = (fake: FakeAccount): Promise<void> => requireRights(fakePipeline(fake), never);

describe('rights that suffice', () => {
  test.each([
    ['the same', [makeVpc], [makeVpc]],
    ['more actions', [makeVpc], [{ ...makeVpc, Action: 'ec2:CreateVpc' }]],
    [
      'a wider resource',
      [{ Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/tideline/dev/*' }],
      [{ Action: 's3:PutObject', Resource: ['arn:aws:s3:::b/tideline/dev/network.tfstate'] }],
    ],
    [
      'no condition',
      [makeVpc],
      [{ ...makeVpc, Condition: { StringEquals: { 'aws:RequestedRegion': 'x' } } }],
    ],
    [
      'a condition with more values',
      [{ ...makeVpc, Condition: { StringEquals: { 'ec2:CreateAction': ['CreateVpc', 'CreateSubnet'] } } }],
      [{ ...makeVpc, Condition: { StringEquals: { 'ec2:CreateAction': 'CreateVpc' } } }],
    ],
    [
      'the same in other statements',
      [
        { ...makeVpc, Action: 'ec2:DeleteVpc' },
        { ...makeVpc, Action: 'ec2:CreateVpc' },
      ],
      [makeVpc],
    ],
    ['the same, with a denial that belongs there', [makeVpc, noVpcByHook], [makeVpc, noVpcByHook]],
    ['the same, without a denial that is new', [makeVpc], [makeVpc, noVpcByHook]],
  ] as const)('are %s', async (_, granted, needed) => {
    await expect(
      check(accountOf(inPolicy(policy(...granted)), inPolicy(policy(...needed)))),
    ).resolves.toBeUndefined();
  });
});

describe('rights that do not suffice', () => {
  test.each([
    [
      'an action',
      [{ ...makeVpc, Action: 'ec2:CreateVpc' }],
      'ec2:DeleteVpc on arn:aws:ec2:us-east-1:1:vpc/*',
    ],
    ['a resource', [{ ...makeVpc, Resource: 'arn:aws:ec2:us-east-1:1:vpc/vpc-1' }], 'ec2:CreateVpc on'],
    [
      'a condition that the need does not meet',
      [{ ...makeVpc, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }],
      'ec2:CreateVpc on',
    ],
    ['a whole policy', [], 'ec2:CreateVpc on'],
    ['what a denial takes away', [makeVpc, noVpcByHook], 'ec2:CreateVpc on'],
    ['all that a wider denial takes away', [makeVpc, { ...noVpcByHook, Resource: '*' }], 'ec2:DeleteVpc on'],
  ] as const)('lack %s, and the refusal names it and the bootstrap to run', async (_, granted, words) => {
    const fake = accountOf(inPolicy(policy(...granted)), inPolicy(policy(makeVpc)));
    const error = await rejection(check(fake));
    expect(error).toMatchObject({ code: 'TL-PIPE-RIGHTS', kind: 'refused' });
    expect(error.message).toContain(words);
    expect(error.message).toContain(`the role ${deployRole}`);
    expect(error.message).toMatch(/An administrator runs, .*: npm run pipeline -- bootstrap --preset test$/);
    expect(fake.acts).toEqual(['synth']);
  });

  test('are counted beyond the first three', async () => {
    const many = { Action: ['a:A', 'a:B', 'a:C', 'a:D', 'a:E'], Resource: '*' };
    const { message } = await rejection(check(accountOf({}, inPolicy(policy(many)))));
    expect(message).toContain('a:A on *, a:B on *, a:C on * and 2 more');
  });

  test('of the deploy role matter to that role alone', async () => {
    const fake = accountOf({}, inPolicy(policy(makeVpc)));
    fake.callerArn = 'arn:aws:iam::123456789012:user/ada';
    await expect(check(fake)).resolves.toBeUndefined();
    fake.callerArn = `arn:aws:sts::123456789012:assumed-role/${deployRole}-other/x`;
    await expect(check(fake)).resolves.toBeUndefined();
  });

  test('of the deploy role are not made up for by those of the boundary', async () => {
    const boundary = { [permissionsBoundary]: policy(makeVpc) };
    const fake = accountOf(boundary, { ...boundary, ...inPolicy(policy(makeVpc)) });
    expect((await rejection(check(fake))).message).toContain('TL-PIPE-RIGHTS');
  });

  test('of the boundary matter to everyone, for tasks would lack them', async () => {
    const fake = accountOf(
      { [permissionsBoundary]: policy(makeVpc) },
      { [permissionsBoundary]: policy(logs) },
    );
    fake.callerArn = 'arn:aws:iam::123456789012:user/ada';
    expect((await rejection(check(fake))).message).toContain(
      `TL-PIPE-RIGHTS the boundary ${permissionsBoundary} of the tasks’ roles lacks what this description needs: logs:PutLogEvents`,
    );
  });
});
