import { z } from 'zod';
import { MeasurementError } from '../process/measurement-error.ts';
import { parseJson } from './parse-json.ts';

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
