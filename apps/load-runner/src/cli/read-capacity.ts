import type { UnitCapacity } from '@tideline/evidence';
import { capacitySchema } from '@tideline/planner';
import { UsageError } from '@tideline/process';
import { readJson } from './options.ts';

/**
 * What one task or instance carries: a rate, or the file that `tideline capacity` wrote.
 * @throws UsageError for a rate that is not above 0, and for a file that is no capacity
 */
export async function readCapacity(text: string): Promise<UnitCapacity> {
  const rate = Number(text);
  if (text.trim() !== '' && !Number.isNaN(rate)) {
    if (Number.isFinite(rate) && rate > 0) return { requestsPerSecond: rate, source: 'given' };
    throw new UsageError(
      'TL-RUN-CAPACITY',
      `--capacity: got ${text}; allowed is a rate above 0, requests per second of one task or instance, or the path of a capacity.json`,
    );
  }
  const parsed = capacitySchema.safeParse(await readJson('--capacity', text));
  if (parsed.success) {
    return { requestsPerSecond: parsed.data.requestsPerSecond.value, source: parsed.data.source };
  }
  const [problem] = parsed.error.issues;
  throw new UsageError(
    'TL-RUN-CAPACITY',
    `--capacity: ${text} is no capacity (${problem?.path.map(String).join('.') ?? ''}: ${problem?.message ?? ''}); give a file that \`tideline capacity\` wrote, or a rate`,
    { cause: parsed.error },
  );
}
