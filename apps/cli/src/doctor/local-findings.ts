import { join } from 'node:path';
import type { Environment } from '@tideline/config';
import { imageBuilders } from '@tideline/process';
import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';

/** The oldest that work: write-only arguments came with Terraform 1.11; package.json says the same of Node. */
const oldest = { node: [20, 19], terraform: [1, 11] } as const;

/** Whether a version such as 20.19.1 is at least this one. */
const atLeast = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};

export function nodeFinding({ nodeVersion }: Machine): Finding {
  const ok = atLeast(nodeVersion, oldest.node);
  return {
    ...{ id: 'node', ok, found: nodeVersion, use: 'runs everything', neededFor: ['up', 'deploy'] },
    fix: ok ? null : 'install Node 20.19 or newer: https://nodejs.org',
  };
}

export async function terraformFinding({ output }: Machine): Promise<Finding> {
  const text = await output('terraform', ['version', '-json']);
  const version = /"terraform_version":\s*"([^"]+)"/.exec(text ?? '')?.[1];
  const ok = version !== undefined && atLeast(version, oldest.terraform);
  return {
    ...{
      id: 'terraform',
      ok,
      found: version ?? 'not found',
      use: 'builds the stacks',
      neededFor: ['deploy'],
    },
    fix: ok ? null : 'install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install',
  };
}

/** @param environment null where no description resolves */
export async function engineFinding({ output }: Machine, environment: Environment | null): Promise<Finding> {
  const answers = await Promise.all(
    imageBuilders.map(async (engine) => ({
      engine,
      version: await output(engine, ['--version']),
      // docker may be installed without its daemon.
      works: (await output(engine, ['info'])) !== null,
    })),
  );
  const working = answers.find(({ works }) => works);
  const installed = answers.flatMap(({ engine, version }) => (version === null ? [] : [engine]));
  const found =
    working?.version?.split('\n')[0] ??
    (installed.length === 0 ? 'not found' : `${installed.join(', ')}, which does not answer`);
  return {
    ...{ id: 'container-engine', ok: working !== undefined, found },
    use: 'builds images, and runs them on this machine where local.container is true',
    neededFor: environment === null ? [] : engineNeeds(environment),
    fix: working === undefined ? 'install or start docker or podman' : null,
  };
}

function engineNeeds({ container, local }: Environment): Finding['neededFor'] {
  const isBuilt = container.build !== null || container.image === 'tideline-api:local';
  return [...(local.container ? (['up'] as const) : []), ...(isBuilt ? (['deploy'] as const) : [])];
}

export async function redisFinding({ output }: Machine): Promise<Finding> {
  const text = await output('redis-server', ['--version']);
  const version = /v=([\d.]+)/.exec(text ?? '')?.[1];
  return {
    ...{ id: 'redis', ok: version !== undefined, found: version ?? 'not found', neededFor: [] },
    use: 'keeps the sessions of presets on this machine; an embedded store does without it',
    fix: version === undefined ? 'install redis-server, where the store should be Redis itself' : null,
  };
}

/** Where the AWS SDK would look, in its order; nothing is read, and AWS is not asked. */
export function credentialsFinding({ variables, home, exists }: Machine): Finding {
  const set = (name: string): boolean => (variables[name] ?? '') !== '';
  const file = variables.AWS_SHARED_CREDENTIALS_FILE ?? join(home, '.aws', 'credentials');
  const configuration = variables.AWS_CONFIG_FILE ?? join(home, '.aws', 'config');
  const places = [
    ...(set('AWS_ACCESS_KEY_ID') ? ['AWS_ACCESS_KEY_ID'] : []),
    ...(set('AWS_PROFILE') ? ['AWS_PROFILE'] : []),
    ...(set('AWS_WEB_IDENTITY_TOKEN_FILE') ? ['AWS_WEB_IDENTITY_TOKEN_FILE'] : []),
    ...(set('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI') || set('AWS_CONTAINER_CREDENTIALS_FULL_URI')
      ? ['the container’s role']
      : []),
    ...[file, configuration].filter(exists),
  ];
  const ok = places.length > 0;
  return {
    ...{ id: 'credentials', ok, found: ok ? places.join(', ') : 'not found', neededFor: ['deploy'] },
    use: 'let the deployment work in the account; --aws tries them',
    fix: ok ? null : 'sign in: aws configure sso, aws configure, or set AWS_PROFILE',
  };
}

export function accountFinding({ variables: { AWS_ACCOUNT_ID = '' } }: Machine): Finding {
  const ok = /^\d{12}$/.test(AWS_ACCOUNT_ID);
  return {
    ...{ id: 'account', ok, neededFor: ['deploy'] },
    found: AWS_ACCOUNT_ID === '' ? 'AWS_ACCOUNT_ID is not set' : AWS_ACCOUNT_ID,
    use: 'AWS_ACCOUNT_ID guards against the credentials of another account',
    fix: ok ? null : 'export AWS_ACCOUNT_ID=123456789012, with your account’s 12 digits',
  };
}

/** The Region is the description’s: a variable of the AWS CLI does not change it. */
export function regionFinding({ variables }: Machine, environment: Environment | null): Finding {
  const other = variables.AWS_REGION ?? variables.AWS_DEFAULT_REGION ?? '';
  const region = environment?.region;
  const differs = region !== undefined && other !== '' && other !== region;
  return {
    ...{ id: 'region', ok: region !== undefined, neededFor: ['deploy'] },
    found: region === undefined ? 'no description' : `${region}${differs ? ` (AWS_REGION is ${other})` : ''}`,
    use: 'where the stacks are; the description names it',
    fix: region === undefined ? 'correct the description, or write one: init' : null,
  };
}
