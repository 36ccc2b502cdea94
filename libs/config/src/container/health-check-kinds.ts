import * as z from 'zod';
import type { Environment } from '../environment.ts';

/** Who finds out whether a container is well, beside the balancer. */
export const containerHealthCheckSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z
        .literal('http')
        .describe('The balancer alone asks, from outside; healthCheck.path must answer 200.'),
    }),
    z.strictObject({
      kind: z
        .literal('command')
        .describe(
          'ECS also runs a command inside the container. Not on instances of a group, where nothing would act on it.',
        ),
      command: z
        .array(z.string().min(1).max(4096))
        .min(1)
        .max(50)
        .describe(
          'Program and arguments, without a shell; exit code 0 is healthy. The image must hold the program.',
        ),
    }),
    z.strictObject({
      kind: z
        .literal('none')
        .describe(
          'For a program without a health path: any answer below 500 to the balancer’s probe counts as healthy.',
        ),
    }),
  ])
  .describe('How health is found out.');

type ContainerHealthCheck = z.output<typeof containerHealthCheckSchema>;

/** The command of the description’s that runs inside the container; null where it names none. */
export const healthCommandOf = (check: Environment['container']['healthCheck']): readonly string[] | null =>
  'command' in check ? check.command : null;

interface HealthCheckFacts {
  /** Whether the program has a path that answers 200 while it is well. */
  readonly hasHealthPath: boolean;
  /** Statuses by which the balancer’s probe succeeds, both ends included. */
  readonly statuses: { readonly lowest: number; readonly highest: number };
  /** The same as the target group’s matcher writes them. */
  readonly matcher: string;
  /** Whether a status lets the balancer’s probe succeed. */
  readonly succeeds: (status: number) => boolean;
}

const healthFacts = (hasHealthPath: boolean, lowest: number, highest: number): HealthCheckFacts => ({
  hasHealthPath,
  statuses: { lowest, highest },
  matcher: lowest === highest ? String(lowest) : `${lowest}-${highest}`,
  succeeds: (status) => status >= lowest && status <= highest,
});

const onlyOk = healthFacts(true, 200, 200);

/** Every kind. A member of the union without facts here does not compile. */
const facts: Readonly<Record<ContainerHealthCheck['kind'], HealthCheckFacts>> = {
  http: onlyOk,
  command: onlyOk,
  none: healthFacts(false, 200, 499),
};

/** Facts of the environment’s health check. */
export const healthCheckFacts = ({
  container: { healthCheck },
}: {
  readonly container: { readonly healthCheck: { readonly kind: ContainerHealthCheck['kind'] } };
}): HealthCheckFacts => facts[healthCheck.kind];
