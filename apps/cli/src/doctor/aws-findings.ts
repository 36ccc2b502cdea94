import { type Environment, capacityFacts, computeFacts } from '@tideline/config';
import { messageOf } from '@tideline/process';
import type { AskAws } from './ask-aws.ts';
import type { Finding } from './finding.ts';

/** A quota of Service Quotas, and what an environment takes of it. */
interface Quota {
  readonly id: string;
  readonly service: string;
  readonly code: string;
  readonly use: string;
  /** Null where it does not count. */
  readonly needs: (environment: Environment) => number | null;
}

const vCpus = (environment: Environment): number =>
  (capacityFacts(environment).mostUnits * capacityFacts(environment).cpuUnitsAtAws) / 1024;

/** The quotas that a first deployment runs into. */
const quotas: readonly Quota[] = [
  {
    ...{ id: 'quota-fargate-vcpu', service: 'fargate', code: 'L-3032A538', use: 'vCPUs of Fargate tasks' },
    needs: (environment) => (computeFacts(environment).hasInstances ? null : vCpus(environment)),
  },
  {
    ...{ id: 'quota-ec2-vcpu', service: 'ec2', code: 'L-1216C47A', use: 'vCPUs of standard instances' },
    needs: (environment) => (computeFacts(environment).hasInstances ? vCpus(environment) : null),
  },
  {
    ...{ id: 'quota-balancers', service: 'elasticloadbalancing', code: 'L-53DA6B97' },
    ...{ use: 'Application Load Balancers in the Region', needs: () => 1 },
  },
  { id: 'quota-vpcs', service: 'vpc', code: 'L-F678F1CE', use: 'VPCs in the Region', needs: () => 1 },
];

/** What AWS says of the credentials and of quotas. */
export async function awsFindings(
  ask: AskAws,
  environment: Environment,
  account: string,
): Promise<readonly Finding[]> {
  const identity = await identityFinding(ask, account);
  if (!identity.ok) return [identity];
  const found = await Promise.all(
    quotas.map(async (quota) => {
      const needs = quota.needs(environment);
      return needs === null ? [] : [await quotaFinding(ask, quota, needs)];
    }),
  );
  return [identity, ...found.flat()];
}

async function identityFinding(ask: AskAws, account: string): Promise<Finding> {
  const common = {
    id: 'identity',
    use: 'whom AWS takes the credentials for',
    neededFor: ['deploy'],
  } as const;
  let answer: string;
  try {
    answer = await ask({
      ...{ service: 'sts', contentType: 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
  } catch (error) {
    return { ...common, ok: false, found: messageOf(error), fix: 'renew the credentials' };
  }
  const arn = /arn:aws[\w-]*:(?:iam|sts)::(\d{12}):[^"<\s]+/.exec(answer);
  const isExpected = account === '' || arn?.[1] === account;
  return {
    ...{ ...common, ok: arn !== null && isExpected, found: arn?.[0] ?? 'an answer without an ARN' },
    fix: isExpected ? null : `use credentials of account ${account}, or change AWS_ACCOUNT_ID`,
  };
}

async function quotaFinding(ask: AskAws, quota: Quota, needs: number): Promise<Finding> {
  const { id, service, code } = quota;
  const use = `${quota.use}: this description takes up to ${needs}, beside what else is in the account`;
  const common = { id, use, neededFor: ['deploy'] } as const;
  try {
    const answer = await ask({
      ...{ service: 'servicequotas', contentType: 'application/x-amz-json-1.1' },
      target: 'ServiceQuotasV20190624.GetServiceQuota',
      body: JSON.stringify({ ServiceCode: service, QuotaCode: code }),
    });
    const value = (JSON.parse(answer) as { readonly Quota?: { readonly Value?: number } }).Quota?.Value;
    if (value === undefined) throw new Error('an answer without a value');
    const ok = value >= needs;
    const fix = `ask for more: aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${Math.ceil(needs)}`;
    return { ...common, ok, found: String(value), fix: ok ? null : fix };
  } catch (error) {
    // Not knowing a quota stops nothing.
    return {
      ...common,
      ok: false,
      neededFor: [],
      found: messageOf(error),
      fix: 'allow servicequotas:GetServiceQuota',
    };
  }
}
