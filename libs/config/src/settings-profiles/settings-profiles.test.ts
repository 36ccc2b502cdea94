import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigurationError, type Problem } from '../configuration-error.ts';
import { httpApi } from '../ingress/ingress-kinds.ts';
import { type EnvironmentSources, loadEnvironment } from '../overrides/load-environment.ts';
import { presetInput, presetNames } from '../presets/presets.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { profiledInput } from './settings-profiles.ts';

const load = (sources: Partial<EnvironmentSources> = {}) =>
  loadEnvironment({ preset: 'load-driven', ...sources });

async function problemsOf(sources: Partial<EnvironmentSources>): Promise<readonly Problem[]> {
  try {
    await load(sources);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('the settings profile production', () => {
  test.each(presetNames)('resolves over %s, and turns on what the baseline asks for', (preset) => {
    const environment = resolveEnvironment(profiledInput(preset, 'production'));
    expect(environment).toMatchObject({
      preset,
      profile: 'production',
      network: { endpointPolicies: true, flowLogs: { enabled: true, traffic: 'REJECT' } },
      observability: { logRetentionDays: 365, customerManagedKeys: true },
      accessLogs: { enabled: true, retentionDays: 365 },
      protection: { loadBalancer: true, secretRecoveryDays: 30, state: true },
      sessions: { snapshotRetentionDays: 7 },
      loadRunner: { containerInsights: true },
    });
    expect(environment.waf.enabled).toBe(httpApi(environment) === null);
  });

  test('leaves the rest of the preset as it is', () => {
    const { scaling, capacity, compute } = resolveEnvironment(profiledInput('stateless-asg', 'production'));
    expect({ scaling, capacity, compute }).toMatchObject(
      (({ scaling, capacity, compute }) => ({ scaling, capacity, compute }))(
        resolveEnvironment(presetInput('stateless-asg')),
      ),
    );
  });

  test('is the same by a setting and by a variable, and none by default', async () => {
    const expected = resolveEnvironment(profiledInput('load-driven', 'production'));
    expect(await load({ set: ['profile=production'] })).toEqual(expected);
    expect(await load({ variables: { TIDELINE_PROFILE: 'production' } })).toEqual(expected);
    expect((await load()).profile).toBeNull();
  });

  test('lies below every setting of the user, whatever comes first', async () => {
    const set = ['observability.logRetentionDays=180', 'profile=production', 'waf.enabled=false'];
    const { observability, waf, accessLogs } = await load({ set });
    expect([observability.logRetentionDays, waf.enabled, accessLogs.enabled]).toEqual([180, false, true]);
    const variables = { TIDELINE_ACCESS_LOGS__ENABLED: 'false', TIDELINE_PROFILE: 'production' };
    expect((await load({ variables })).accessLogs.enabled).toBe(false);
  });

  test('of a variable is taken back by a setting', async () => {
    const plain = await load({ variables: { TIDELINE_PROFILE: 'production' }, set: ['profile=null'] });
    expect(plain).toEqual(await load());
  });

  test('changes nothing where a resolved description is resolved again', async () => {
    const environment = await load({ set: ['profile=production', 'waf.enabled=false'] });
    expect(resolveEnvironment(environment as Parameters<typeof resolveEnvironment>[0])).toEqual(environment);
  });

  test('is named where its setting contradicts one of the user', async () => {
    const set = [
      'profile=production',
      'ingress.kind=api-gateway',
      'container.basePath=/dev',
      'ingress.stage=dev',
    ];
    expect(await problemsOf({ set })).toMatchObject([
      { code: 'TL-CONFIG-INGRESS-EDGE', path: 'waf.enabled' },
    ]);
    expect((await problemsOf({ set }))[0]?.message).toContain('profile production');
  });
});

describe('an unknown settings profile', () => {
  test.each([
    [{ set: ['profile=prodction'] }, '"prodction"; did you mean "production"?', '--set profile=prodction'],
    [{ variables: { TIDELINE_PROFILE: 'staging' } }, '"staging"', 'TIDELINE_PROFILE'],
    [{ set: ['profile=7'] }, 'unknown settings profile 7', '--set profile=7'],
  ] as const)('%j is refused with the nearest name and its origin', async (sources, message, origin) => {
    const [problem, ...rest] = await problemsOf(sources);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ code: 'TL-CONFIG-SETTINGS-PROFILE', path: 'profile' });
    expect(problem?.message).toContain(message);
    expect(problem?.message).toContain(`From ${origin}`);
  });
});

describe('a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tideline-profile-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ['environment.json', '{ "profile": "production", "waf": { "enabled": false } }'],
    ['environment.yaml', 'profile: production\nwaf: { enabled: false }\n'],
    ['environment.mjs', 'export default { profile: "production", waf: { enabled: false } };\n'],
  ])('names it in %s, and what else it sets wins', async (name, text) => {
    const file = join(folder, name);
    await writeFile(file, text);
    const { profile, waf, observability } = await load({ file });
    expect([profile, waf.enabled, observability.logRetentionDays]).toEqual(['production', false, 365]);
  });
});
