import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { ChildPool } from '../process/child-pool.ts';
import { findSystemProgram } from '../process/find-system-program.ts';
import { connections } from '../settings.ts';
import { MeasurementError } from '../outcome.ts';
import { parseJson } from './parse-json.ts';
import { runWrk } from './wrk.ts';

/** Measures how many requests per second a server answers, in a closed loop over the benchmark’s connections. */
export interface LoadTool {
  /** Name and version, for the report. */
  readonly description: string;
  /** @throws MeasurementError when requests fail */
  requestsPerSecond(url: string, seconds: number): Promise<number>;
}

/** wrk where it is installed, since it leaves most of the machine to the server; autocannon, which always is, otherwise. */
export async function chooseLoadTool(children: ChildPool, searchPath: string): Promise<LoadTool> {
  const wrk = findSystemProgram('wrk', searchPath);
  return wrk === undefined ? autocannonTool(children) : await wrkTool(children, wrk);
}

async function wrkTool(children: ChildPool, command: string): Promise<LoadTool> {
  const { output: version } = await children.run({ name: 'wrk', command, args: ['-v'], timeoutMs: 10_000 });
  return {
    description: `wrk ${/^wrk (\S+)/.exec(version)?.[1] ?? 'of unknown version'} -t1 -c${connections}`,
    requestsPerSecond: async (url, seconds) =>
      (await runWrk(children, command, { url: `${url}/`, connections, seconds })).requestsPerSecond,
  };
}

const packageSchema = z.object({ version: z.string(), bin: z.object({ autocannon: z.string() }) });

/** autocannon’s own command line, as a process. */
export function autocannonTool(children: ChildPool): LoadTool {
  const require = createRequire(import.meta.url);
  const packageFile = require.resolve('autocannon/package.json');
  const { version, bin } = packageSchema.parse(require(packageFile));
  const file = join(dirname(packageFile), bin.autocannon);
  return {
    description: `autocannon ${version} -c ${connections}`,
    requestsPerSecond: async (url, seconds) => {
      const { output, failure } = await children.run({
        name: 'autocannon',
        command: process.execPath,
        args: [file, '--json', '-c', String(connections), '-d', String(seconds), `${url}/`],
        timeoutMs: seconds * 1000 + 20_000,
      });
      if (output === '') throw failure('printed nothing');
      return parseAutocannonOutput(output);
    },
  };
}

const resultSchema = z.object({
  requests: z.object({ average: z.number().positive() }),
  errors: z.int(),
  timeouts: z.int(),
  non2xx: z.int(),
});

/**
 * Requests per second from `autocannon --json`: the mean of its one-second samples, which is what autocannon itself
 * calls its rate.
 * @throws MeasurementError when there is no rate, or requests failed
 */
export function parseAutocannonOutput(text: string): number {
  const { requests, errors, timeouts, non2xx } = parseJson('autocannon', text, resultSchema);
  if (errors + timeouts + non2xx > 0) {
    throw new MeasurementError(
      `autocannon counted failures: ${errors} errors, ${timeouts} of them timeouts, ${non2xx} answers other than 2xx`,
    );
  }
  return requests.average;
}
