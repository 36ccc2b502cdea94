import { randomBytes } from 'node:crypto';
import { type Environment, isShippedBackend } from '@tideline/config';
import { UsageError } from '@tideline/process';
import { readSecretsFile } from './secrets-file.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The values of the secrets that tasks get: the twin’s own environment or a file hands them on, as Secrets Manager does in AWS.
 * @throws UsageError where one has no value
 */
export const taskSecrets = (
  environment: Pick<Environment, 'container' | 'local'>,
  variables: Variables,
  stream: { write(text: string): unknown },
): Readonly<Record<string, string>> => ({
  ...stressToken(environment, variables, stream),
  ...described(environment, variables),
});

/** Of the shipped backend. Where stress routes are served and no token is set, one is made up and said on `stream`: without one no task would start. */
function stressToken(
  environment: Pick<Environment, 'container' | 'local'>,
  { STRESS_TOKEN }: Variables,
  stream: { write(text: string): unknown },
): Readonly<Record<string, string>> {
  if (!isShippedBackend(environment)) return {};
  if (STRESS_TOKEN !== undefined) return { STRESS_TOKEN };
  if (!environment.container.stressRoutes) return {};
  const made = randomBytes(16).toString('hex');
  stream.write(`STRESS_TOKEN is not set; the stress routes take this token: ${made}\n`);
  return { STRESS_TOKEN: made };
}

/** Those of `container.secrets`: a variable of that name, else a line of `local.secretsFile`. */
function described(
  { container, local }: Pick<Environment, 'container' | 'local'>,
  variables: Variables,
): Readonly<Record<string, string>> {
  const names = Object.keys(container.secrets);
  if (names.length === 0) return {};
  const ofFile = names.every((name) => variables[name] !== undefined)
    ? {}
    : readSecretsFile(local.secretsFile);
  const values = names.map((name) => [name, variables[name] ?? ofFile[name]] as const);
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0)
    throw new UsageError(
      'TL-TWIN-SECRET',
      `container.secrets: ${missing.join(', ')} ${missing.length === 1 ? 'has' : 'have'} no value on this machine. Set a variable of that name where the twin is started, or write a line NAME=value into ${local.secretsFile} (local.secretsFile), which Git must ignore`,
    );
  return Object.fromEntries(values) as Record<string, string>;
}
