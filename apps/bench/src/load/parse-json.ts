import type * as z from 'zod';
import { MeasurementError } from '../outcome.ts';

/** Checks what a program printed as JSON. @throws MeasurementError that quotes it when it is something else */
export function parseJson<Schema extends z.ZodType>(
  program: string,
  text: string,
  schema: Schema,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const got = text.trim() === '' ? 'nothing' : text.trim().slice(0, 500);
    throw new MeasurementError(`${program} printed no JSON, but ${got}`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new MeasurementError(`${program} printed JSON without the expected fields: ${problems.join('; ')}`);
}
