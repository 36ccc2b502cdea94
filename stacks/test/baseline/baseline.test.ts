import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type BaselineControl,
  type EnvironmentInput,
  type Judgement,
  judgementOf,
  presetNames,
  profiledInput,
  securityBaseline,
} from '@tideline/config';
import { type Synthesis, synthesise } from '../synthesise.ts';
import type { Finding } from './check.ts';
import { containerChecks } from './container-checks.ts';
import { dataChecks } from './data-checks.ts';
import { entranceChecks } from './entrance-checks.ts';
import { networkChecks } from './network-checks.ts';

const checks = { ...entranceChecks, ...networkChecks, ...containerChecks, ...dataChecks };

/** What only the user has, as the rows of the table name it. */
const ofTheUser = {
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c',
  domainName: 'shop.example.com',
};

/** What a control finds in the stacks of a preset as it is, with the profile, and with what only the user has as well. */
interface Findings {
  readonly plain: Finding;
  readonly production: Finding;
  readonly complete: Finding;
}

/** Whether findings are those that a judgement promises. */
const keepsTo = (judgement: Judgement, { plain, production, complete }: Findings): boolean => {
  switch (judgement.verdict) {
    case 'met':
      return ![plain, production, complete].includes('fail');
    case 'setting':
      return judgement.by === 'production'
        ? plain !== 'pass' && production === 'pass' && complete === 'pass'
        : plain === 'fail' && production === 'fail' && complete === 'pass';
    case 'not-applicable':
      return [plain, production, complete].every((finding) => finding === 'absent');
    case 'accepted':
      return [plain, production, complete].every((finding) => finding === 'fail');
  }
};

const takesCertificate = (preset: string) => judgementOf(controlOf('ELB.1'), preset).verdict === 'setting';
const controlOf = (id: string): BaselineControl => {
  const found = securityBaseline.find((control) => control.id === id);
  if (found === undefined) throw new Error(`no control ${id}`);
  return found;
};

const found = new Map<string, Findings>();

describe.each(presetNames)('the security baseline, in the stacks of %s', (preset) => {
  let plain: Synthesis;
  let production: Synthesis;
  let complete: Synthesis;
  beforeAll(() => {
    const profiled = profiledInput(preset, 'production');
    plain = synthesise(preset);
    production = synthesise(preset, profiled);
    complete = takesCertificate(preset)
      ? synthesise(preset, { ...profiled, loadBalancer: { ...profiled.loadBalancer, ...ofTheUser } })
      : production;
  });

  test.each(securityBaseline.map((control) => [control.id, control] as const))(
    '%s is what the table says',
    (id, control) => {
      const check = checks[id];
      if (check === undefined) throw new Error(`no check of ${id}`);
      const findings = {
        plain: check(plain),
        production: check(production),
        complete: check(complete),
      };
      found.set(`${preset} ${id}`, findings);
      const judgement = judgementOf(control, preset);
      expect([judgement, findings, keepsTo(judgement, findings)]).toEqual([judgement, findings, true]);
    },
  );
});

test('a distribution meets what AWS asks for with the profile, and with the certificates that only the user has', () => {
  const profiled = profiledInput('load-driven', 'production');
  const distributed = (over: Partial<EnvironmentInput>) =>
    synthesise('load-driven', { ...profiled, cdn: { enabled: true }, ...over });
  const certificateArn = ofTheUser.certificateArn;
  const [own, complete] = [
    distributed({}),
    distributed({
      cdn: { enabled: true, certificateArn, domainName: 'www.example.com' },
      loadBalancer: { ...profiled.loadBalancer, ...ofTheUser },
    }),
  ];
  const findings = (synthesis: Synthesis) =>
    Object.fromEntries(
      ['CloudFront.5', 'CloudFront.6', 'CloudFront.7', 'CloudFront.9', 'CloudWatch.16'].map((id) => [
        id,
        checks[id]?.(synthesis),
      ]),
    );
  expect(findings(own)).toEqual({
    // It looks at the first version of standard logging alone, which the stacks do not use.
    'CloudFront.5': 'fail',
    'CloudFront.6': 'pass',
    'CloudFront.7': 'fail',
    'CloudFront.9': 'fail',
    'CloudWatch.16': 'pass',
  });
  expect(Object.values(findings(complete))).toEqual(['fail', 'pass', 'pass', 'pass', 'pass']);
  expect(complete.only('aws_cloudwatch_log_delivery_source')).toMatchObject({ log_type: 'ACCESS_LOGS' });
});

test('every check is of a row of the table, and every row has one', () => {
  expect(Object.keys(checks).sort()).toEqual(securityBaseline.map(({ id }) => id).sort());
  expect(new Set(securityBaseline.map(({ id }) => id)).size).toBe(securityBaseline.length);
});

test('what is met is found somewhere', () => {
  const never = securityBaseline
    .filter(({ judgement }) => judgement.verdict === 'met')
    .filter(({ id }) => presetNames.every((preset) => found.get(`${preset} ${id}`)?.complete !== 'pass'));
  expect(never.map(({ id }) => id)).toEqual([]);
});

test('every preset that differs exists', () => {
  const named = securityBaseline.flatMap(({ differs = {} }) => Object.keys(differs));
  expect(named.filter((preset) => !presetNames.includes(preset))).toEqual([]);
});
