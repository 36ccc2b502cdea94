import { describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { awsFindings } from './aws-findings.ts';
import { doctorReport } from './doctor-report.ts';
import { lacks } from './finding.ts';
import {
  accountFinding,
  credentialsFinding,
  engineFinding,
  nodeFinding,
  regionFinding,
  terraformFinding,
} from './local-findings.ts';
import type { Machine } from './machine.ts';

const environment = resolveEnvironment(presetInput('load-driven'));
const bare: Machine = {
  ...{ nodeVersion: '20.19.0', home: '/home/me', variables: {} },
  ...{ exists: () => false, output: () => Promise.resolve(null) },
};
const printing = (answers: Readonly<Record<string, string>>): Machine => ({
  ...bare,
  output: (program, args) => Promise.resolve(answers[`${program} ${args.join(' ')}`] ?? null),
});

test.each([
  ['20.18.9', false],
  ['20.19.0', true],
  ['22.0.0', true],
  ['18.30.0', false],
])('Node %s is recent enough: %s', (nodeVersion, ok) => {
  expect(nodeFinding({ ...bare, nodeVersion }).ok).toBe(ok);
});

test.each([
  ['1.10.5', false],
  ['1.11.0', true],
  ['2.0.0', true],
])('Terraform %s is recent enough: %s', async (version, ok) => {
  const machine = printing({ 'terraform version -json': `{ "terraform_version": "${version}" }` });
  expect(await terraformFinding(machine)).toMatchObject({ ok, found: version });
});

describe('a container engine', () => {
  test('that does not answer is told from one that is missing', async () => {
    const machine = printing({ 'docker --version': 'Docker version 29' });
    expect(await engineFinding(machine, environment)).toMatchObject({
      ...{ ok: false, found: 'docker, which does not answer', neededFor: ['deploy'] },
    });
    expect(await engineFinding(bare, environment)).toMatchObject({ ok: false, found: 'not found' });
  });

  test('is needed here where the image itself runs here, and not where the image exists', async () => {
    const input = { ...presetInput('fargate-alb'), container: { image: 'nginx:1.29' } };
    const image = resolveEnvironment({ ...input, local: { container: true } });
    expect((await engineFinding(bare, image)).neededFor).toEqual(['up']);
    const command = resolveEnvironment({ ...input, local: { command: 'x' } });
    expect((await engineFinding(bare, command)).neededFor).toEqual([]);
  });
});

test.each([
  [{ variables: { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE' } }, 'AWS_ACCESS_KEY_ID'],
  [{ variables: { AWS_PROFILE: 'me' } }, 'AWS_PROFILE'],
  [{ exists: (file: string) => file === '/home/me/.aws/credentials' }, '/home/me/.aws/credentials'],
  [{ variables: { AWS_ACCESS_KEY_ID: '' } }, 'not found'],
])('credentials of %j are found by their place, never by their value', (machine, found) => {
  expect(credentialsFinding({ ...bare, ...machine }).found).toBe(found);
});

test('an account and a Region are there, or said to be missing', () => {
  expect(accountFinding({ ...bare, variables: { AWS_ACCOUNT_ID: '123456789012' } }).ok).toBe(true);
  expect(accountFinding({ ...bare, variables: { AWS_ACCOUNT_ID: '12' } })).toMatchObject({
    ok: false,
    found: '12',
  });
  const other = { ...bare, variables: { AWS_REGION: 'eu-west-1' } };
  expect(regionFinding(other, environment).found).toBe('us-east-1 (AWS_REGION is eu-west-1)');
  expect(regionFinding(bare, null).ok).toBe(false);
});

describe('with --aws', () => {
  const arn = 'arn:aws:sts::123456789012:assumed-role/me/x';
  const answering = (quota: number) => (question: { readonly service: string }) =>
    Promise.resolve(question.service === 'sts' ? `<Arn>${arn}</Arn>` : `{"Quota":{"Value":${quota}}}`);

  test('identity and quotas are compared with the description', async () => {
    const findings = await awsFindings(answering(1), environment, '123456789012');
    expect(findings.map(({ id, ok, found }) => [id, ok, found])).toEqual([
      ['identity', true, arn],
      ['quota-fargate-vcpu', false, '1'],
      ['quota-balancers', true, '1'],
      ['quota-vpcs', true, '1'],
    ]);
    expect(lacks(findings, 'deploy')).toBe(true);
    expect(lacks(findings, 'up')).toBe(false);
    const enough = await awsFindings(answering(2), environment, '');
    expect(lacks(enough, 'deploy')).toBe(false);
  });

  test('credentials of another account, or none that work, are a reason', async () => {
    const [other] = await awsFindings(answering(9), environment, '999999999999');
    expect(other).toMatchObject({ ok: false, fix: expect.stringContaining('account 999999999999') });
    const refusing = () => Promise.reject(new Error('sts answers 403: expired'));
    expect(await awsFindings(refusing, environment, '')).toMatchObject([
      { ok: false, found: 'sts answers 403: expired' },
    ]);
  });

  test('a quota that may not be read stops nothing', async () => {
    const ask = (question: { readonly service: string }) =>
      question.service === 'sts'
        ? Promise.resolve(arn)
        : Promise.reject(new Error('servicequotas answers 403: no'));
    expect(lacks(await awsFindings(ask, environment, ''), 'deploy')).toBe(false);
  });
});

test('the report has a line for each, and a remedy for what is missing', () => {
  const text = doctorReport([nodeFinding(bare), accountFinding(bare)]);
  expect(text).toMatch(/^ok +node +20\.19\.0\n/);
  expect(text).toMatch(/^MISSING +account +AWS_ACCOUNT_ID is not set\n.*\n +fix: export AWS_ACCOUNT_ID=/m);
});
