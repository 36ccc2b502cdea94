import { readFile } from 'node:fs/promises';
import { UsageError, messageOf } from '@tideline/process';
import { documentProblem } from '../documents/document-problem.ts';
import { type Capacity, capacitySchema, refusedCapacitySchema } from './capacity.ts';

/**
 * Reads the file that `tideline capacity` has written.
 * @param option under which the user named the file, for messages
 * @throws UsageError TL-CAPACITY-FILE where it cannot be read, is none, or is one without an answer
 */
export async function readCapacity(path: string, option = '--capacity'): Promise<Capacity> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UsageError(
      'TL-CAPACITY-FILE',
      `${option} ${path}: ${why}; give a file that tideline capacity has written`,
      { cause },
    );
  };
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return refuse(`cannot be read (${messageOf(error)})`, error);
  }
  const parsed = capacitySchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const refused = refusedCapacitySchema.safeParse(document);
  if (refused.success)
    return refuse(`has no answer: its measurement was ended by ${refused.data.limitedBy}`, parsed.error);
  const problem = documentProblem(parsed.error, document, Object.keys(capacitySchema.shape));
  return refuse(`is no capacity (${problem})`, parsed.error);
}
