import * as z from 'zod';
import { variableName, variablesSchema } from './variable-schemas.ts';

const argument = z.string().min(1).max(32_768);

/** How a task runs on one machine. */
export const localSchema = z.strictObject({
  command: z
    .union([argument, z.array(argument).min(1).max(200)])
    .nullable()
    .default(null)
    .describe(
      'Program that a task is on one machine: a line for the shell, or a list of program and arguments without one. Null runs the backend that is shipped here, or the image where `container` is true.',
    ),
  cwd: z
    .string()
    .min(1)
    .max(4096)
    .default('.')
    .describe('Working directory of the command, relative to that of the twin.'),
  environment: variablesSchema.describe('Environment variables on one machine, over container.environment.'),
  secretsFile: z
    .string()
    .min(1)
    .max(4096)
    .default('.env.tideline')
    .describe(
      'File with the values of container.secrets on one machine, lines of NAME=value; Git must ignore it. A variable of the twin’s own environment wins over it.',
    ),
  portVariable: variableName
    .default('PORT')
    .describe(
      'Variable that names the port on which the command must listen, on 127.0.0.1 or on all addresses.',
    ),
  readiness: z
    .enum(['listening', 'health-check'])
    .default('listening')
    .describe('When a task has started: as its port takes connections, or as healthCheck.path answers.'),
  stopSignal: z
    .enum(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'])
    .default('SIGTERM')
    .describe('Signal that asks the command to stop. SIGKILL follows after container.stopTimeoutSeconds.'),
  container: z
    .boolean()
    .default(false)
    .describe('Runs the image itself on one machine, by docker or podman, instead of a command.'),
  startsAt: z.iso
    .datetime({
      offset: true,
      error: 'must be an instant with its zone, such as 2026-03-02T08:00:00Z or 2026-03-02T08:00:00+01:00',
    })
    .default('2026-01-01T00:00:00Z')
    .describe(
      'Instant of the calendar at which cloud time begins on one machine, and in simulations of no trace; ISO 8601 with its zone. Scheduled policies and the hours of forecasts go by it.',
    ),
  hourlyRequestsPerSecond: z
    .array(z.number().min(0).nullable())
    .max(336)
    .default([])
    .describe(
      'Requests per second of each hour before that of local.startsAt, on average, the oldest first; null where an hour is missing, at most 14 days. Predictive policies on one machine and in simulations forecast from them, together with what the run itself measures.',
    ),
});
