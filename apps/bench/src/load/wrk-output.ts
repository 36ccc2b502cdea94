import { MeasurementError } from '../process/measurement-error.ts';

/**
 * Requests per second from what wrk prints.
 * @throws MeasurementError when there is no rate, or requests failed: a rate of failures says nothing
 */
export function parseWrkOutput(text: string): number {
  const failed = /^\s*(Non-2xx or 3xx responses: \d+|Socket errors: .+)$/m.exec(text)?.[1];
  if (failed !== undefined) throw new MeasurementError(`wrk counted failures: ${failed}`);
  const rate = /^Requests\/sec:\s+([\d.]+)$/m.exec(text)?.[1];
  if (rate === undefined || !(Number(rate) > 0)) {
    throw new MeasurementError(`wrk printed no rate: ${text.trim() === '' ? 'nothing at all' : text.trim()}`);
  }
  return Number(rate);
}
