import type { ChildPool } from '../process/child-pool.ts';
import { findSystemProgram } from '../process/find-system-program.ts';
import { connections } from '../settings.ts';
import { autocannonTool } from './autocannon-tool.ts';
import { parseWrkOutput } from './wrk-output.ts';

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
  const run = (args: readonly string[], timeoutMs: number) =>
    children.run({ name: 'wrk', command, args, timeoutMs });
  const { output: version } = await run(['-v'], 10_000);
  const load = ['-t1', `-c${connections}`, '--timeout', '10s'];
  return {
    description: `wrk ${/^wrk (\S+)/.exec(version)?.[1] ?? 'of unknown version'} ${load.join(' ')}`,
    requestsPerSecond: async (url, seconds) => {
      const { output, failure } = await run([...load, `-d${seconds}s`, `${url}/`], seconds * 1000 + 20_000);
      if (output === '') throw failure('printed nothing');
      return parseWrkOutput(output);
    },
  };
}
