import { MeasurementError } from '../outcome.ts';
import type { ChildPool } from '../process/child-pool.ts';

/** What wrk asks for, in a closed loop from one thread. */
export interface WrkLoad {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Each request on a connection of its own. @default connections are kept */
  readonly perConnection?: boolean;
  /** Cores that wrk may use, as `taskset -c` names them. @default all */
  readonly cores?: string;
}

export interface WrkResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
}

/** @throws MeasurementError when requests fail */
export async function runWrk(children: ChildPool, command: string, load: WrkLoad): Promise<WrkResult> {
  const { url, connections, seconds, perConnection = false, cores } = load;
  const { output, failure } = await children.run({
    name: 'wrk',
    command,
    args: [
      ...['-t1', `-c${connections}`, '--timeout', '10s', `-d${seconds}s`],
      ...(perConnection ? ['-H', 'Connection: close'] : []),
      url,
    ],
    ...(cores === undefined ? {} : { cores }),
    timeoutMs: seconds * 1000 + 20_000,
  });
  if (output === '') throw failure('printed nothing');
  return parseWrkOutput(output);
}

/**
 * What wrk prints.
 * @throws MeasurementError when there is no rate, or requests failed: a rate of failures says nothing
 */
export function parseWrkOutput(text: string): WrkResult {
  const failed = /^\s*(Non-2xx or 3xx responses: \d+|Socket errors: .+)$/m.exec(text)?.[1];
  if (failed !== undefined) throw new MeasurementError(`wrk counted failures: ${failed}`);
  const requests = Number(/^\s*(\d+) requests in /m.exec(text)?.[1]);
  const requestsPerSecond = Number(/^Requests\/sec:\s+([\d.]+)$/m.exec(text)?.[1]);
  if (!(requests > 0 && requestsPerSecond > 0)) {
    throw new MeasurementError(`wrk printed no rate: ${text.trim() === '' ? 'nothing at all' : text.trim()}`);
  }
  return { requests, requestsPerSecond };
}
