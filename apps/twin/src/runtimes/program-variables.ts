import type { Environment } from '@tideline/config';
import type { TaskSpec } from '../tasks/task-runtime.ts';

/** What a program gets of the twin’s own environment: enough to find programs and a home, and nothing that only this machine has. */
const inherited = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR'];

export interface ProgramVariables {
  readonly environment: Environment;
  readonly secrets: Readonly<Record<string, string>>;
  readonly spec: Pick<TaskSpec, 'variables'>;
}

/** The environment of a command: what the description says, the secrets, what the deployment changes, and the port. */
export const commandVariables = (
  { environment: { container, local }, secrets, spec }: ProgramVariables,
  port: number,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> => ({
  ...Object.fromEntries(inherited.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]]))),
  ...container.environment,
  ...local.environment,
  ...secrets,
  ...spec.variables,
  PORT: String(port),
  [local.portVariable]: String(port),
});

/** The variables of a container that are no secrets. The image has a PATH and a home of its own. */
export const containerVariables = ({
  environment: { container, local },
  spec,
}: Omit<ProgramVariables, 'secrets'>): Record<string, string> => ({
  ...container.environment,
  ...local.environment,
  ...spec.variables,
  PORT: String(container.port),
});
