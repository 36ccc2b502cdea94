import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planDocumentSchema } from '@tideline/planner';
import { runBundle } from '../run-bundle.ts';
import { type CaseResult, caseResult } from './case-result.ts';

/** What one task of the cases carries, requests per second. */
const capacityRequestsPerSecond = 25;

/** The policy of now: it tracks what a task carries. */
const description = {
  preset: 'load-driven',
  compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
  capacity: { min: 2, max: 60, desired: 2 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'requests',
        metric: {
          kind: 'requests-per-target',
          requestsPerTargetPerMinute: capacityRequestsPerSecond * 60,
        },
        scaleInCooldownSeconds: 120,
      },
    ],
  },
};

/** A trace, and how `tideline plan` has to read it. */
export interface TraceCase {
  readonly name: string;
  readonly arguments: readonly string[];
}

/** Fourteen days each, but for those whose own length says more. */
const shapes = ['ramp:days=14', 'spike:days=14', 'daily', 'weekly', 'flash-crowd', 'on-off'] as const;

export const shapeCases: readonly TraceCase[] = shapes.map((shape) => ({
  name: shape.split(':')[0] ?? shape,
  arguments: ['--trace', shape],
}));

const fileOptions: Readonly<Record<string, string>> = {
  scale: '--scale',
  unit: '--trace-unit',
  zone: '--trace-zone',
  column: '--trace-column',
  period: '--trace-period',
};

/** A case of `FILE` or `FILE:scale=100,unit=count,zone=UTC`. @throws RangeError for an option that there is not */
export function fileCase(text: string): TraceCase {
  const [, file = text, options = ''] = /^(.*?):((?:\w+=[^,]+,?)+)$/.exec(text) ?? [];
  const given = options.split(',').filter((each) => each !== '');
  return {
    name: (file.split('/').at(-1) ?? file).replace(/\.\w+$/, ''),
    arguments: [
      ...['--trace', file],
      ...given.flatMap((each) => {
        const [name = '', value = ''] = each.split('=');
        const option = fileOptions[name];
        if (option === undefined)
          throw new RangeError(
            `--trace: got ${name} in ${text}; allowed: ${Object.keys(fileOptions).join(', ')}`,
          );
        return [option, value];
      }),
    ],
  };
}

export interface CasesOptions {
  readonly cases: readonly TraceCase[];
  readonly candidates: number;
  readonly seed: number;
  readonly onResult: (result: CaseResult) => void;
}

/** Plans each case, one after the other, on all cores. @throws Error with what the planner said where it fails */
export async function runCases({
  cases,
  candidates,
  seed,
  onResult,
}: CasesOptions): Promise<readonly CaseResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  const results: CaseResult[] = [];
  try {
    writeFileSync(join(folder, 'tideline.config.json'), JSON.stringify(description));
    for (const { name, arguments: trace } of cases) {
      const { exitCode, stdout, stderr } = await runBundle(
        [
          ...['plan', '--json', '--config', join(folder, 'tideline.config.json')],
          ...['--capacity', String(capacityRequestsPerSecond), ...trace, '--seed', String(seed)],
          ...['--candidates', String(candidates), '--seconds', '86400'],
        ],
        { folder: process.cwd() },
      );
      if (exitCode !== 0) throw new Error(`${name}: the planner ended with ${exitCode}: ${stderr}`);
      const result = caseResult(name, planDocumentSchema.parse(JSON.parse(stdout)));
      results.push(result);
      onResult(result);
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
