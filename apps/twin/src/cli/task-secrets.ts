import { randomBytes } from 'node:crypto';
import type { Environment } from '@tideline/config';

/**
 * Secrets of the tasks that are no part of a description: the twin’s own environment hands them on, as Secrets Manager does in AWS.
 * Where stress routes are served and no token is set, one is made up and said on `stream`: without one no task would start.
 */
export function taskSecrets(
  { container }: Pick<Environment, 'container'>,
  variables: Readonly<Record<string, string | undefined>>,
  stream: { write(text: string): unknown },
): Readonly<Record<string, string>> {
  const { STRESS_TOKEN } = variables;
  if (STRESS_TOKEN !== undefined) return { STRESS_TOKEN };
  if (!container.stressRoutes) return {};
  const made = randomBytes(16).toString('hex');
  stream.write(`STRESS_TOKEN is not set; the stress routes take this token: ${made}\n`);
  return { STRESS_TOKEN: made };
}
