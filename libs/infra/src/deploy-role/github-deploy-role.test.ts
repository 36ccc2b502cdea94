import { describe, expect, test } from '@jest/globals';
import { allows, unscopedActions } from '../../test/permissions.ts';
import { environment as resolved } from '../../test/synthesise.ts';
import { policyDocument } from '../ground/policy-document.ts';
import { deployPolicies } from './github-deploy-role.ts';
import { boundaryStatements } from './role-boundary.ts';

const environment = resolved({
  waf: { enabled: true },
  accessLogs: { enabled: true },
  project: 'a-long-project-12345',
  stage: 'staging',
});
const context = {
  environment,
  accountId: '123456789012',
  image: null,
  loadRunnerImage: null,
  releaseHookFile: 'release-hook.zip',
  deployTrust: null,
  s3PathStyle: false,
  stateBackend: 's3',
} as const;
/** What takes no resource where a web ACL is logged (service authorization reference, CloudWatch Logs). */
const logDelivery = ['logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:PutResourcePolicy'];
const policies = deployPolicies(context);
const statements = Object.values(policies).flat();

describe('the deploy role', () => {
  test('names every action, and each once', () => {
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    for (const { Action } of statements) expect(new Set(Action).size).toBe([Action].flat().length);
  });

  test('has policies of a size that AWS takes', () => {
    for (const part of Object.values(policies)) expect(policyDocument(part).length).toBeLessThan(6144);
    // AWS attaches 10 managed policies to a role.
    expect(Object.keys(policies).length).toBeLessThanOrEqual(10);
  });

  test('has what instances, their data and CloudFront take only where there are any, in policies of that size', () => {
    const instances = resolved({
      project: 'a-long-project-12345',
      stage: 'staging',
      compute: { kind: 'ec2-asg', instanceType: 't3.micro' },
      sessions: { store: 'redis' },
      files: { store: 's3' },
      cdn: { enabled: true },
      waf: { enabled: true },
      accessLogs: { enabled: true },
    });
    const of = deployPolicies({ ...context, environment: instances });
    expect(Object.keys(of).sort()).toEqual([...Object.keys(policies), 'instances'].sort());
    for (const part of Object.values(of)) expect(policyDocument(part).length).toBeLessThan(6144);
    const all = Object.values(of).flat();
    expect(all.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(unscopedActions(all)).toEqual(['ecs:DeregisterTaskDefinition', ...logDelivery]);
    expect(policyDocument(boundaryStatements({ ...context, environment: instances })).length).toBeLessThan(
      6144,
    );
  });

  test('has what a capacity provider and its group take where tasks run on instances, and nothing of other instances', () => {
    const hosts = resolved({
      project: 'a-long-project-12345',
      stage: 'staging',
      compute: { kind: 'ecs-ec2' },
      sessions: { store: 'redis' },
      waf: { enabled: true },
      accessLogs: { enabled: true },
    });
    const of = deployPolicies({ ...context, environment: hosts });
    expect(Object.keys(of).sort()).toEqual([...Object.keys(policies), 'instances'].sort());
    for (const part of Object.values(of)) expect(policyDocument(part).length).toBeLessThan(6144);
    const provider = of.instances?.find(({ Sid }) => Sid === 'CapacityProvider');
    expect(provider?.Resource).toBe(
      'arn:aws:ecs:us-east-1:123456789012:capacity-provider/a-long-project-12345-staging-api',
    );
    const actions = (of.instances ?? []).flatMap(({ Action }) => Action);
    expect(actions).not.toContain('autoscaling:StartInstanceRefresh');
    expect(actions).not.toContain('ssm:PutParameter');
    const images = of.instances?.find(({ Sid }) => Sid === 'MachineImage');
    expect(images?.Resource).toBe('arn:aws:ssm:us-east-1::parameter/aws/service/ecs/optimized-ami/*');
    expect(policyDocument(boundaryStatements({ ...context, environment: hosts })).length).toBeLessThan(6144);
  });

  test('names what it may touch, wherever AWS takes a name', () => {
    // Task definitions are deregistered by no name (service authorization reference, Amazon ECS).
    expect(unscopedActions(statements)).toEqual(['ecs:DeregisterTaskDefinition', ...logDelivery]);
  });

  test('makes no role without the boundary, and cannot take the boundary away', () => {
    const making = statements.find(({ Action }) => Action.includes('iam:CreateRole'));
    expect(making?.Condition).toEqual({
      StringEquals: {
        'iam:PermissionsBoundary': 'arn:aws:iam::123456789012:policy/a-long-project-12345-staging-boundary',
      },
    });
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions).not.toContain('iam:DeleteRolePermissionsBoundary');
    expect(actions).not.toContain('iam:CreatePolicyVersion');
    expect(actions).not.toContain('iam:AttachRolePolicy');
  });
});

describe('the deploy role of an environment with flow logs and keys of its own', () => {
  const hardened = resolved({
    project: 'a-long-project-12345',
    stage: 'staging',
    compute: { kind: 'ec2-asg', instanceType: 't3.micro' },
    sessions: { store: 'redis' },
    files: { store: 's3' },
    waf: { enabled: true },
    accessLogs: { enabled: true },
    network: { flowLogs: { enabled: true }, endpointPolicies: true },
    observability: { customerManagedKeys: true },
  });
  const of = deployPolicies({ ...context, environment: hardened });
  const arn = (rest: string) => `arn:aws:${rest}`;
  const own = { 'aws:RequestTag/project': 'a-long-project-12345', 'aws:RequestTag/stage': 'staging' };
  const owned = { 'aws:ResourceTag/project': 'a-long-project-12345', 'aws:ResourceTag/stage': 'staging' };

  const granted = Object.values(of).flat();

  test('has what these take in policies that it has anyway, of a size that AWS takes', () => {
    expect(Object.keys(of).sort()).toEqual([...Object.keys(policies), 'instances'].sort());
    for (const part of Object.values(of)) expect(policyDocument(part).length).toBeLessThan(6144);
    expect(unscopedActions(granted).filter((action) => /^(ec2|iam|kms):/.test(action))).toEqual([]);
    const boundary = boundaryStatements({ ...context, environment: hardened });
    expect(policyDocument(boundary).length).toBeLessThan(6144);
    expect(boundary.map(({ Sid }) => Sid)).toContain('FlowLog');
  });

  test('makes keys with its tags alone, and changes no key without them', () => {
    const key = arn('kms:us-east-1:123456789012:key/1');
    const may = (action: string, context: Readonly<Record<string, string>>) =>
      allows(granted, { action, resource: action === 'kms:CreateKey' ? '*' : key, context });
    expect(may('kms:CreateKey', own)).toBe(true);
    expect(may('kms:CreateKey', { ...own, 'aws:RequestTag/stage': 'production' })).toBe(false);
    expect(may('kms:ScheduleKeyDeletion', owned)).toBe(true);
    expect(may('kms:ScheduleKeyDeletion', { ...owned, 'aws:ResourceTag/project': 'another' })).toBe(false);
    expect(may('kms:TagResource', own)).toBe(true);
    expect(may('kms:TagResource', { ...own, 'aws:ResourceTag/project': 'another' })).toBe(false);
    expect(may('kms:Decrypt', owned)).toBe(false);
  });

  test('hands the role of flow logs to their service alone', () => {
    const resource = arn('iam::123456789012:role/a-long-project-12345-staging-flow-logs');
    const hand = (to: string) =>
      allows(granted, {
        action: 'iam:PassRole',
        resource,
        context: { 'iam:PassedToService': to },
      });
    expect([hand('vpc-flow-logs.amazonaws.com'), hand('ec2.amazonaws.com')]).toEqual([true, false]);
  });
});

describe('the deploy role of an HTTP API released by CodeDeploy', () => {
  const released = resolved({
    project: 'a-project-1234',
    stage: 'test',
    ingress: { kind: 'api-gateway', stage: 'dev' },
    container: { basePath: '/dev', stressRoutes: true },
    release: { kind: 'blue-green', shift: { kind: 'canary', percent: 25 } },
    scaling: {
      policies: [{ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 50 } }],
    },
    sessions: { store: 'redis' },
  });
  const of = deployPolicies({ ...context, environment: released });

  test('has what these take in a policy of its own, of a size that AWS takes', () => {
    const others = Object.keys(policies).filter((part) => part !== 'edge');
    expect(Object.keys(of).sort()).toEqual([...others, 'release'].sort());
    for (const part of Object.values(of)) expect(policyDocument(part).length).toBeLessThan(6144);
    const boundary = boundaryStatements({ ...context, environment: released });
    expect(policyDocument(boundary).length).toBeLessThan(6144);
    expect(boundary.map(({ Sid }) => Sid)).toContain('TaskSets');
  });

  test('touches its own application, group and configurations alone, and names every statement once', () => {
    // IAM refuses a policy with two statements of one name.
    for (const part of [...Object.values(of), boundaryStatements({ ...context, environment: released })]) {
      const names = part.map(({ Sid }) => Sid);
      expect(new Set(names).size).toBe(names.length);
    }
    const resources = (sid: string) => of.release?.find(({ Sid }) => Sid === sid)?.Resource;
    const codeDeploy = 'arn:aws:codedeploy:us-east-1:123456789012';
    expect(resources('Release')).toEqual([
      `${codeDeploy}:application:a-project-1234-test-api`,
      `${codeDeploy}:deploymentgroup:a-project-1234-test-api/a-project-1234-test-api`,
    ]);
    expect(resources('Shift')).toBe(`${codeDeploy}:deploymentconfig:a-project-1234-test-api-*`);
    // None of these takes a resource (service authorization reference, CodeDeploy and CloudWatch Logs).
    expect(unscopedActions(of.release ?? [])).toEqual([
      'codedeploy:StopDeployment',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ]);
  });
});
