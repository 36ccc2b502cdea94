import { describe, expect, test } from '@jest/globals';
import { description } from '../test/descriptions.ts';
import { collectorShare, programCpuUnitsAtAws, programShare } from './collector-share.ts';
import type { EnvironmentInput } from './environment.ts';
import { loadProfile } from './presets/presets.ts';
import { resolveEnvironment } from './resolve/resolve-environment.ts';
import { environmentWarnings } from './warnings/environment-warnings.ts';

const traced = (tracing: object = {}, compute?: EnvironmentInput['compute']): EnvironmentInput =>
  description({
    network: { egress: 'nat' },
    observability: { tracing: { enabled: true, ...tracing } },
    ...(compute === undefined ? {} : { compute }),
  });

const refusalOf = (input: EnvironmentInput): string => {
  try {
    resolveEnvironment(input);
    return '';
  } catch (error) {
    return String(error);
  }
};

describe('the collector of traces', () => {
  test('takes its share off a task, and nothing where nothing is traced', () => {
    const plain = resolveEnvironment(traced({ enabled: false }));
    expect(collectorShare(plain)).toEqual({ cpuUnits: 0, memoryMiB: 0 });
    expect(programShare(plain)).toEqual({ cpuUnits: 256, memoryMiB: 512 });
    const environment = resolveEnvironment(traced());
    expect(programShare(environment)).toEqual({ cpuUnits: 224, memoryMiB: 384 });
    expect(programCpuUnitsAtAws(environment)).toBe(224);
  });

  test('takes its share off an instance, which has all of its vCPUs at AWS', () => {
    const environment = resolveEnvironment(traced({}, { kind: 'ec2-asg', instanceType: 't3.micro' }));
    expect(programCpuUnitsAtAws(environment)).toBe(2 * 1024 - 32);
  });

  test.each([
    [{ collectorCpuUnits: 129 }, '129 of 256 CPU units leave 127 for the program; at least 128 must be left'],
    [{ collectorMemoryMiB: 385 }, '385 of 512 MiB leave 127 for the program; at least 128 must be left'],
  ])('is refused where it leaves too little: %j', (share, message) => {
    const refusal = refusalOf(traced(share));
    expect(refusal).toContain('TL-CONFIG-COLLECTOR-SHARE');
    expect(refusal).toContain(message);
  });

  test('is pulled by instances in private subnets from the account’s own registry, or by a way to the internet', () => {
    const compute = { kind: 'ec2-asg', instanceType: 't3.micro' } as const;
    const behindEndpoints = { ...traced({}, compute), network: { egress: 'endpoints' } } as const;
    expect(refusalOf(behindEndpoints)).toContain('TL-CONFIG-COLLECTOR-IMAGE');
    expect(refusalOf(traced({}, compute))).toBe('');
  });

  test('may take a quarter of a task, and more is a warning with a size that fits', () => {
    const warningsOf = (share: object) =>
      environmentWarnings(resolveEnvironment(traced(share)), loadProfile('headline')).filter(
        ({ code }) => code === 'TL-WARN-COLLECTOR-SHARE',
      );
    expect(warningsOf({ collectorCpuUnits: 64, collectorMemoryMiB: 128 })).toEqual([]);
    expect(warningsOf({ enabled: false, collectorMemoryMiB: 500 })).toEqual([]);
    const warnings = warningsOf({ collectorCpuUnits: 65, collectorMemoryMiB: 200 });
    expect(warnings.map(({ path }) => path)).toEqual([
      'observability.tracing.collectorCpuUnits',
      'observability.tracing.collectorMemoryMiB',
    ]);
    expect(warnings[1]?.message).toContain('takes 200 of the 512 MiB of each task, 39.06 %');
    expect(warnings[1]?.message).toContain('lower it to 128');
  });
});
