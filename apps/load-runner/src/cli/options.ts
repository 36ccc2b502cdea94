import { readFile } from 'node:fs/promises';
import {
  ConfigurationError,
  type Environment,
  type EnvironmentInput,
  type LoadProfile,
  parseResolvedEnvironment,
  readLoadProfile,
  resolveEnvironment,
  resolveLoadProfile,
  type LoadProfileInput,
} from '@tideline/config';
import type { ReplayCommandOptions } from '@tideline/planner';
import {
  type DescriptionOptions,
  type ExportFiles,
  UsageError,
  type Variables,
  describedEnvironment,
  messageOf,
} from '@tideline/process';
import type { RunExportForm } from '@tideline/report';

/** The command line as typed, each value of the right type and range. */
export interface LoadOptions extends Omit<DescriptionOptions, 'preset'>, ReplayCommandOptions {
  readonly target: string;
  readonly profile: string;
  readonly observe?: string;
  readonly environment?: string;
  readonly preset?: string;
  readonly idleSpeed?: number;
  readonly expectPeak?: number;
  readonly calibrate?: string;
  readonly capacity?: string;
  readonly out: string;
  readonly export?: ExportFiles<RunExportForm>;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly users?: number;
  readonly rate?: number;
  readonly hold?: number;
  readonly allowRemote: boolean;
  readonly stopOnStdinEnd: boolean;
  readonly exchange?: string;
}

/** A built-in profile by name, or one from a file by path. @throws ConfigurationError */
export const readProfile = (nameOrPath: string): Promise<LoadProfile> =>
  naming(`--profile ${nameOrPath}`, () => readLoadProfile(nameOrPath));

/** A resolved profile, as a pipeline hands it to a task. @throws UsageError, ConfigurationError */
export const parseProfile = (text: string): Promise<LoadProfile> =>
  naming('--exchange: profile.json', () =>
    resolveLoadProfile(parseJson(text, '--exchange: profile.json') as LoadProfileInput),
  );

/**
 * A resolved environment description, as the twin writes it; of `env:NAME`, what that environment variable holds.
 * @throws UsageError, ConfigurationError
 */
export async function readEnvironment(path: string, variables: Variables): Promise<Environment> {
  const variable = /^env:(\w+)$/.exec(path)?.[1];
  if (variable !== undefined) {
    const text = variables[variable] ?? '';
    return naming(`--environment ${path}`, () =>
      parseResolvedEnvironment(parseJson(text, `--environment: variable ${variable}`)),
    );
  }
  const input = await readJson('--environment', path);
  return naming(`--environment ${path}`, () => resolveEnvironment(input as EnvironmentInput));
}

/** The environment that the stacks make of a preset, under the same options and variables. @throws ConfigurationError */
export const presetEnvironment = (options: DescriptionOptions, variables: Variables): Promise<Environment> =>
  naming(options.preset === undefined ? `--config ${options.config}` : `--preset ${options.preset}`, () =>
    describedEnvironment(options, variables),
  );

/**
 * Lays `--users`, `--rate` and `--hold` over a profile.
 * @throws UsageError for a profile of several stages, where they would not say which.
 */
export function withOverrides(
  profile: LoadProfile,
  { users, rate, hold }: Pick<LoadOptions, 'users' | 'rate' | 'hold'>,
): LoadProfile {
  if (users === undefined && rate === undefined && hold === undefined) return profile;
  const [stage, ...others] = profile.stages;
  if (stage === undefined || others.length > 0) {
    throw new UsageError(
      'TL-RUN-OVERRIDE',
      `--users, --rate and --hold apply to a profile of one stage; "${profile.name}" has ${profile.stages.length}. Write the profile you want into a JSON file, and give its path`,
    );
  }
  const overridden = {
    ...stage,
    ...(users === undefined ? {} : { users }),
    ...(rate === undefined ? {} : { requestsPerSecond: rate }),
    ...(hold === undefined ? {} : { holdSeconds: hold }),
  };
  return resolveLoadProfile({ ...profile, stages: [overridden] });
}

/** The parsed target. @throws UsageError unless it is an http(s) URL on this machine, or `--allow-remote` is given. */
export function readTarget(text: string, allowRemote: boolean): URL {
  const target = readUrl('--target', text);
  if (isLoopback(target) || allowRemote) return target;
  throw new UsageError(
    'TL-RUN-REMOTE-TARGET',
    `--target: ${target.host} is not this machine; load may do harm there. Add --allow-remote if it is yours to load`,
  );
}

/** @throws UsageError unless it is an http(s) URL. */
export function readUrl(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  // A load would leave these out without a sign.
  if (url !== null && isWeb && `${url.search}${url.hash}${url.username}${url.password}` === '') return url;
  throw new UsageError(
    'TL-RUN-URL',
    `${option}: got "${text}"; allowed is an http or https URL without query, fragment and credentials, such as http://127.0.0.1:3000`,
  );
}

/** The address never leaves this machine. */
export const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

/** What a file holds. @throws UsageError when it cannot be read, or is not JSON */
export async function readJson(option: string, path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = messageOf(error);
    throw new UsageError(
      'TL-RUN-FILE',
      `${option}: cannot read ${path} (${reason}); give the path of a JSON file`,
      {
        cause: error,
      },
    );
  }
  return parseJson(text, `${option}: ${path}`);
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = messageOf(error);
    throw new UsageError('TL-RUN-FILE', `${what} is not JSON (${reason})`, { cause: error });
  }
}

/** Says which option a configuration’s problems come from. */
export async function naming<T>(option: string, resolve: () => T | Promise<T>): Promise<T> {
  try {
    return await resolve();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const problems = error.problems.map((problem) => ({
      ...problem,
      path: [option, problem.path].filter((part) => part !== '').join(': '),
    }));
    throw new ConfigurationError(problems, { cause: error });
  }
}
