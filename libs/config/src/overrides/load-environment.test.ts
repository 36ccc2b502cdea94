import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigurationError, type Problem } from '../configuration-error.ts';
import { deploymentVariables } from '../deployment-variables.ts';
import { type EnvironmentSources, loadEnvironment } from './load-environment.ts';
import { fieldRows } from '../schema/field-rows.ts';
import { resolvePath } from './resolve-path.ts';
import { variableName } from './settings.ts';
import { presetInput } from '../presets/presets.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { environmentSchemaNode } from '../schema/schema-node.ts';

const fixture = (name: string): string => join(import.meta.dirname, '..', '..', 'test', 'fixtures', name);
const load = (sources: Partial<EnvironmentSources>) => loadEnvironment({ preset: 'load-driven', ...sources });

async function problemsOf(sources: Partial<EnvironmentSources>): Promise<readonly Problem[]> {
  try {
    await load(sources);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const policy = (environment: Awaited<ReturnType<typeof load>>, name: string) =>
  environment.scaling.policies.find((candidate) => candidate.name === name);

describe('loadEnvironment', () => {
  test('is the preset when nothing is laid over it', async () => {
    expect(await load({})).toEqual(resolveEnvironment(presetInput('load-driven')));
  });

  test('leaves the preset itself as it is', async () => {
    await load({ set: ['capacity.max=9', 'scaling.policies.cpu.metric.targetPercent=70'] });
    expect(await load({})).toEqual(resolveEnvironment(presetInput('load-driven')));
  });

  test('lets settings win over variables, variables over the file, and the file over the preset', async () => {
    const file = fixture('partial.json');
    const variables = { TIDELINE_CAPACITY__MAX: '13', TIDELINE_STAGE: 'vars' };
    const set = ['capacity.max=14'];
    expect((await load({ file })).capacity).toEqual({ min: 2, max: 12, desired: 2 });
    expect((await load({ file, variables })).capacity.max).toBe(13);
    const all = await load({ file, variables, set });
    expect([all.capacity.max, all.stage, all.loadBalancer.idleTimeoutSeconds]).toEqual([14, 'vars', 90]);
    expect(all.loadBalancer.deregistrationDelaySeconds).toBe(30);
  });

  test('takes a later setting over an earlier one', async () => {
    expect((await load({ set: ['capacity.max=7', 'capacity.max=8'] })).capacity.max).toBe(8);
  });

  test('ignores variables of other programs, and empty ones', async () => {
    const variables = { PATH: '/bin', TIDELINE_REGION: '', TIDELINE_STAGE: undefined };
    expect((await load({ variables })).region).toBe('us-east-1');
  });
});

test('a variable below an object that is null makes it, with its other fields at their defaults', async () => {
  const variables = { TIDELINE_COMPUTE__WARM_POOL__MIN_SIZE: '2' };
  const { compute } = await load({ preset: 'stateless-asg', variables });
  expect(compute).toMatchObject({
    warmPool: {
      poolState: 'Stopped',
      minSize: 2,
      maxGroupPreparedCapacity: null,
      instanceReusePolicy: { reuseOnScaleIn: false },
    },
  });
});

describe('a file', () => {
  test('may be an ES module', async () => {
    expect((await load({ file: fixture('partial.mjs') })).capacity.max).toBe(12);
  });

  test('may be YAML, with the preset that it starts from', async () => {
    const environment = await loadEnvironment({ file: fixture('own-preset.yaml') });
    expect(environment).toMatchObject({
      preset: 'fargate-alb',
      stage: 'no',
      capacity: { max: 12 },
      container: { environment: { MODE: 'no', LEVEL: '3' } },
    });
    await expect(load({ file: fixture('own-preset.yaml') })).rejects.toThrow('names preset "fargate-alb"');
  });

  test('starts from the preset by default where neither it nor an option names one', async () => {
    const file = fixture('partial.json');
    expect((await loadEnvironment({ file })).preset).toBe('load-driven');
    expect((await loadEnvironment({ file, defaultPreset: 'blue-green' })).preset).toBe('blue-green');
  });

  test('replaces a list as a whole', async () => {
    const { scaling } = await load({ file: fixture('policies.json') });
    expect(scaling.policies.map(({ name }) => name)).toEqual(['memory']);
  });

  test('may name its JSON Schema for the editor', async () => {
    expect((await load({ file: fixture('partial.json') })).stage).toBe('load');
  });

  const refused = [
    ['missing.json', 'TL-CONFIG-FILE', 'ENOENT'],
    ['missing.mjs', 'TL-CONFIG-FILE', 'cannot be loaded'],
    [
      'malformed.txt',
      'TL-CONFIG-FILE',
      'extension ".txt"; allowed: .json, .yaml, .yml, .mjs, .js, .ts, .mts',
    ],
    ['malformed.yaml', 'TL-CONFIG-FILE', 'is not YAML: '],
    ['aliases.yaml', 'TL-CONFIG-FILE', 'is not YAML: Excessive alias count'],
    ['list.json', 'TL-CONFIG-FILE', 'holds a list'],
    ['no-default.mjs', 'TL-CONFIG-FILE', 'holds nothing'],
    ['throws.mjs', 'TL-CONFIG-FILE', 'no disk'],
    ['mistyped.json', 'TL-CONFIG-UNKNOWN-FIELD', 'did you mean "min"'],
    ['other-preset.json', 'TL-CONFIG-PRESET', '"fargate-alb"'],
  ] as const;

  test.each(refused)('%s is refused as %s', async (name, code, message) => {
    const [problem] = await problemsOf({ file: fixture(name) });
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(message);
    expect(problem?.message).toContain(name);
  });
});

describe('a setting', () => {
  test('names a variable of the container', async () => {
    const { container } = await load({
      set: ['container.environment.MODE=true'],
      variables: { TIDELINE_CONTAINER__ENVIRONMENT__LOG_LEVEL: '3' },
    });
    expect(container.environment).toEqual({ MODE: 'true', LOG_LEVEL: '3' });
  });

  test('with a secret in the place of its ARN is refused without it', async () => {
    const [problem] = await problemsOf({ set: ['container.secrets.KEY=hunter2'] });
    expect(problem?.message).toContain('From --set container.secrets.KEY=…');
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  test('finds a policy by its name or its index', async () => {
    const byName = await load({ set: ['scaling.policies.cpu.metric.targetPercent=60'] });
    const byIndex = await load({ set: ['scaling.policies.1.metric.targetPercent=60'] });
    expect(policy(byName, 'cpu')).toMatchObject({ metric: { targetPercent: 60 } });
    expect(byName).toEqual(byIndex);
  });

  test('appends a policy at the next index', async () => {
    const action = '{"type":"scheduled","name":"sale","schedule":"rate(1 day)","minCapacity":3}';
    const environment = await load({
      set: [`scaling.policies.2=${action}`, 'scaling.policies.2.minCapacity=4'],
    });
    expect(policy(environment, 'sale')).toMatchObject({ minCapacity: 4 });
  });

  test('holds text, numbers, lists and null', async () => {
    const { container, availabilityZones } = await load({
      set: [
        'container.image=1.0',
        'availabilityZones=["a","b","c"]',
        'container.cpuMillisecondsPerRequest=1.5',
      ],
    });
    expect([container.image, container.cpuMillisecondsPerRequest]).toEqual(['1.0', 1.5]);
    expect(availabilityZones).toEqual(['a', 'b', 'c']);
  });

  test('of a requests target per second takes back the preset’s target per minute', async () => {
    const set = ['scaling.policies.requests-per-target.metric.requestsPerTargetPerSecond=20'];
    expect(policy(await load({ set }), 'requests-per-target')).toMatchObject({
      metric: { requestsPerTargetPerMinute: 1200 },
    });
  });

  test('of a requests target in both units is refused', async () => {
    const metric = 'scaling.policies.requests-per-target.metric';
    const set = [`${metric}.requestsPerTargetPerSecond=20`, `${metric}.requestsPerTargetPerMinute=20`];
    const [problem] = await problemsOf({ set });
    expect(problem?.message).toContain('give exactly one');
    expect(problem?.message).toContain(`From --set ${set[0] ?? ''}, --set ${set[1] ?? ''}`);
  });

  const refused = [
    ['capacity', 'TL-CONFIG-OVERRIDE', 'is not of the form path=value'],
    ['capacity.mni=3', 'TL-CONFIG-UNKNOWN-FIELD', 'did you mean "min"? Allowed: min, max, desired'],
    ['capacty.min=3', 'TL-CONFIG-UNKNOWN-FIELD', 'did you mean "capacity"'],
    ['capacity.min.x=3', 'TL-CONFIG-UNKNOWN-FIELD', 'capacity.min is a single value'],
    ['scaling.policies.cpuu.name=x', 'TL-CONFIG-UNKNOWN-FIELD', 'did you mean "cpu"'],
    ['scaling.policies.3.name=x', 'TL-CONFIG-UNKNOWN-FIELD', 'the list has 2'],
    ['capacity.min=many', 'TL-CONFIG-SCHEMA', 'got "many"; allowed: a whole number from 0 to 5000'],
    ['capacity.desired=7', 'TL-CONFIG-CAPACITY-BOUNDS', 'desired 7'],
    ['scaling.policies.cpu.highAlarm.datapointsToAlarm=4', 'TL-CONFIG-ALARM-WINDOW', 'got 4 of 3'],
    ['preset=fargate-alb', 'TL-CONFIG-PRESET', 'the preset chosen is "load-driven"'],
  ] as const;

  test.each(refused)('%s is refused as %s', async (setting, code, message) => {
    const [problem] = await problemsOf({ set: [setting] });
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(message);
    expect(problem?.message).toContain(`--set ${setting}`);
  });

  test('that is overruled is not named in an error', async () => {
    const [problem] = await problemsOf({ set: ['capacity.min=4', 'capacity.min=9'] });
    expect(problem?.message).toMatch(/From --set capacity\.min=9$/);
  });
});

describe('a variable', () => {
  test('finds fields and policies by their upper snake case', async () => {
    const environment = await load({
      variables: {
        TIDELINE_COMPUTE__MEMORY_MIB: '1024',
        TIDELINE_SCALING__POLICIES__REQUESTS_PER_TARGET__SCALE_IN_COOLDOWN_SECONDS: '90',
      },
    });
    expect(environment.compute).toMatchObject({ memoryMiB: 1024 });
    expect(policy(environment, 'requests-per-target')).toMatchObject({ scaleInCooldownSeconds: 90 });
  });

  test('that leads nowhere is refused with the nearest name', async () => {
    const [problem] = await problemsOf({ variables: { TIDELINE_HEALTH_CHEK__PATH: '/x' } });
    expect(problem?.code).toBe('TL-CONFIG-UNKNOWN-FIELD');
    expect(problem?.message).toContain('did you mean "HEALTH_CHECK"');
    expect(problem?.message).toMatch(/From TIDELINE_HEALTH_CHEK__PATH$/);
  });

  test('of a deployment is no field, and is left alone', async () => {
    const environment = await load({
      variables: Object.fromEntries(
        Object.keys(deploymentVariables)
          .filter((name) => name !== 'TIDELINE_PRESET')
          .map((name) => [name, 'anything']),
      ),
    });
    expect(environment).toEqual(await load({}));
  });

  test('exists for every field, and leads to that field alone', () => {
    const rows = fieldRows(environmentSchemaNode(), '').map(({ path }) => path.replaceAll(/ \(.*?\)/g, ''));
    // The kinds of a union have fields of the same name.
    const paths = [...new Set(rows.filter((path) => !path.includes('[')))];
    const names = paths.map(variableName);
    expect(new Set(names).size).toBe(paths.length);
    expect(names).toContain('TIDELINE_HEALTH_CHECK__INTERVAL_SECONDS');
    expect(names).toContain('TIDELINE_COMPUTE__MEMORY_MIB');
    for (const path of paths) {
      const leads = ['load-driven', 'stateless-asg', 'flash-sale', 'blue-green'].map((preset) =>
        resolvePath(path.split('.'), presetInput(preset), { matches: Object.is, spell: String }),
      );
      // A field of one kind of compute is no field of another.
      expect(leads).toContainEqual(expect.objectContaining({ path: path.split('.') }));
    }
  });
});
