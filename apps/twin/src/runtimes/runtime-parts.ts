import type { Environment } from '@tideline/config';

/** What every runtime is made of. */
export interface RuntimeParts {
  readonly environment: Environment;
  /** The bundled backend. */
  readonly backendFile: string;
  /** Where the stores of the backend are. */
  readonly storeVariables: Readonly<Record<string, string>>;
  /** Where spans go; empty where nothing is traced. */
  readonly traceVariables: Readonly<Record<string, string>>;
  /** Variables that no record and no log shows. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Where ECS’s agent of a task answers; null where tasks have none. */
  readonly agentUri: ((taskId: string) => string) | null;
  /** Hears of every line that a task prints. */
  readonly onOutput: (taskId: string, line: string) => void;
}
