import type { Environment } from '@tideline/config';
import type { TaskSpec } from '../tasks/task-runtime.ts';

/** What a program gets of the twin’s own environment: enough to find programs and a home, and nothing that only this machine has. */
const inherited = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR'];

export interface ProgramVariables {
  readonly environment: Environment;
  /** Where spans go, for a program that makes some; empty where nothing is traced. */
  readonly traceVariables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly spec: Pick<TaskSpec, 'taskId' | 'variables'>;
  /** Where ECS’s agent of a task answers; null where tasks have none. */
  readonly agentUri: ((taskId: string) => string) | null;
}

/** The environment of a command: what the description says, the secrets, what the deployment changes, and the port. */
export const commandVariables = (
  { environment: { container, local }, traceVariables, secrets, spec, agentUri }: ProgramVariables,
  port: number,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> => ({
  ...Object.fromEntries(inherited.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]]))),
  ...traceVariables,
  ...container.environment,
  ...local.environment,
  ...secrets,
  ...spec.variables,
  PORT: String(port),
  [local.portVariable]: String(port),
  ...(agentUri === null ? {} : { ECS_AGENT_URI: agentUri(spec.taskId) }),
});

/**
 * The variables of a container that are no secrets. The image has a PATH and a home of its own, and no way to the loopback
 * interface of this machine, on which the agent answers.
 */
export const containerVariables = ({
  environment: { container, local },
  spec,
}: Omit<ProgramVariables, 'traceVariables' | 'secrets' | 'agentUri'>): Record<string, string> => ({
  ...container.environment,
  ...local.environment,
  ...spec.variables,
  PORT: String(container.port),
});
