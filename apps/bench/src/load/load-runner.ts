import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { LoadProfileInput } from '@tideline/config';
import { writeWhole } from '@tideline/process';
import * as z from 'zod';
import { MeasurementError } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { connections } from '../settings.ts';
import { parseJson } from './parse-json.ts';

const summarySchema = z.object({
  status: z.literal('completed'),
  load: z.object({
    requestsPerSecond: z.number().positive(),
    generatorLimited: z.boolean(),
    failures: z.object({ total: z.int() }),
    latencyMs: z.object({ p50: z.number(), p99: z.number() }),
  }),
});

export interface LoadRunnerFigures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The generator could not keep the asked rate up. */
  readonly generatorLimited: boolean;
}

/**
 * Runs the load runner with the benchmark’s users at a URL.
 * @param load a null rate is a closed loop; any other is spread evenly over users and time
 * @throws MeasurementError when requests fail
 */
export async function runLoadRunner(
  rig: Rig,
  url: string,
  load: { readonly seconds: number; readonly requestsPerSecond: number | null },
): Promise<LoadRunnerFigures> {
  const profileFile = join(rig.temporaryFolder, `profile-${randomUUID()}.json`);
  writeWhole(profileFile, JSON.stringify(profile(load)));
  const { output, failure } = await rig.children.run({
    name: 'load-runner',
    command: process.execPath,
    args: [
      rig.bundle('load-runner'),
      ...['--target', url, '--profile', profileFile, '--out', join(rig.temporaryFolder, 'load-runner')],
      ...['--json', '--quiet', '--stop-on-stdin-end'],
    ],
    timeoutMs: load.seconds * 1000 + 30_000,
  });
  if (output === '') throw failure('printed nothing');
  const { requestsPerSecond, generatorLimited, failures, latencyMs } = parseJson(
    'load-runner',
    output,
    summarySchema,
  ).load;
  if (failures.total > 0) throw new MeasurementError(`load-runner counted ${failures.total} failed requests`);
  return { requestsPerSecond, generatorLimited, p50Ms: latencyMs.p50, p99Ms: latencyMs.p99 };
}

const profile = (load: {
  readonly seconds: number;
  readonly requestsPerSecond: number | null;
}): LoadProfileInput => ({
  name: 'bench',
  stages: [
    {
      users: connections,
      usersPerSecond: 10_000,
      holdSeconds: load.seconds,
      requestsPerSecond: load.requestsPerSecond,
    },
  ],
  endpoints: [{ path: '/' }],
});
