import * as z from 'zod';
import { faultProblems, faultVariables, faultsOf } from './faults/fault-variables.ts';
import { secretVariables, storeConfig, storeProblems, storeVariables } from './store-variables.ts';
import { storefrontConfig, storefrontProblems, storefrontVariables } from './storefront-variables.ts';
import { traceConfig, traceVariables } from './tracing/trace-variables.ts';
import { wholeNumber } from './whole-number.ts';

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((value) => value === 'true');

const portNumber = wholeNumber(0, 65_535);

/** Every environment variable that the program reads; README.md repeats this as a table, which a test compares. */
export const environmentVariables = z.object({
  HOST: z.string().default('0.0.0.0').describe('Address that the API binds.'),
  PORT: portNumber.default(3000).describe('Port of the API; 0 takes a free one.'),
  METRICS_HOST: z.string().default('127.0.0.1').describe('Address that the metrics server binds.'),
  METRICS_PORT: portNumber.default(9464).describe('Port of `/metrics`; 0 takes a free one.'),
  BASE_PATH: z
    .string()
    .regex(
      /^\/?([A-Za-z0-9._~-]+(\/[A-Za-z0-9._~-]+)*)?\/?$/,
      'must be path segments of letters, digits, ".", "_", "~" and "-", such as /dev',
    )
    .transform((path) =>
      path.replace(/^\/?(.*?)\/?$/, (_, segments) => (segments === '' ? '' : `/${String(segments)}`)),
    )
    .default('')
    .describe('Path that every route is under, such as `/dev` (`dev` is accepted).'),
  IMAGE: z.string().default('local').describe('Image that the task runs, by digest; shown by `/host`.'),
  TASK_ID: z
    .string()
    .regex(/^[\w.:/-]{1,256}$/, 'must be at most 256 letters, digits and _ . : / -')
    .optional()
    .describe('Name of this task; by default read from ECS task metadata, elsewhere the host name.'),
  AVAILABILITY_ZONE: z
    .string()
    .optional()
    .describe('Zone of this task; by default read from ECS task metadata, elsewhere `local`.'),
  ECS_CONTAINER_METADATA_URI_V4: z
    .url({ protocol: /^https?$/, error: 'must be an http URL' })
    .optional()
    .describe('Task metadata endpoint; ECS sets it.'),
  ECS_AGENT_URI: z
    .url({ protocol: /^https?$/, error: 'must be an http URL' })
    .optional()
    .describe('Endpoint of ECS’s agent; ECS sets it.'),
  SCALE_IN_PROTECTION_MINUTES: wholeNumber(1, 2880)
    .optional()
    .describe(
      'Time that ECS keeps the task from scale-in while a stress run is under way, renewed at half of it; by default, and without ECS_AGENT_URI, it asks for none.',
    ),
  VERSION: z.string().default('0.0.0').describe('Release of the application, shown by `/` and `/host`.'),
  TASK_CPU_UNITS: wholeNumber(128, 16_384)
    .default(1024)
    .describe(
      'CPU share of the task (1024 is one vCPU): what stress percents refer to; one CPU thread per vCPU.',
    ),
  CPU_MILLISECONDS_PER_REQUEST: wholeNumber(0, 1000)
    .default(0)
    .describe('CPU time in ms that `/` spends in a worker thread before it answers.'),
  STRESS_ENABLED: flag.default(false).describe('Whether the `/stress-cpu` routes exist.'),
  STRESS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Bearer token of the `/stress-cpu` routes; required when they exist.'),
  IDLE_TIMEOUT_SECONDS: wholeNumber(1, 4000)
    .default(60)
    .describe('Idle timeout of the balancer in front; sockets are kept alive 5 s longer.'),
  STOP_TIMEOUT_SECONDS: wholeNumber(1, 120)
    .default(30)
    .describe('Time from SIGTERM to SIGKILL; draining ends earlier.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be trace, debug, info, warn, error, fatal or silent',
    })
    .default('info')
    .describe('Least level that is logged: trace, debug, info, warn, error, fatal or silent.'),
  ACCESS_LOG: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .transform((value) => value === 'on')
    .default(true)
    .describe('Whether each request is logged (`on` or `off`).'),
  STOP_ON_STDIN_END: flag
    .default(false)
    .describe('Whether the end of standard input stops the process as SIGTERM does.'),
  MAX_BODY_BYTES: wholeNumber(0, 104_857_600).default(1_048_576).describe('Largest request body.'),
  MAX_HEADER_BYTES: wholeNumber(1024, 65_536).default(16_384).describe('Largest request head.'),
  ...traceVariables,
  ...storeVariables,
  ...storefrontVariables,
  ...faultVariables,
});

type Variables = z.output<typeof environmentVariables>;

/** The resolved configuration: frozen, in the program’s own names. */
export type Config = Readonly<ReturnType<typeof toConfig>>;

/** Either the configuration, or one line per problem, fit to print. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the configuration from environment variables; an empty variable counts as one that is not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const present = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== '' && name in environmentVariables.shape),
  );
  const parsed = environmentVariables.safeParse(present);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      const got = secretVariables.has(name)
        ? `${present[name]?.length ?? 0} characters`
        : `"${present[name] ?? ''}"`;
      return `${name} ${message}; got ${got}`;
    });
    return { ok: false, problems };
  }
  if (parsed.data.STRESS_ENABLED && parsed.data.STRESS_TOKEN === undefined) {
    return {
      ok: false,
      problems: [
        'STRESS_TOKEN is not set, but STRESS_ENABLED is true; set a token of at least 16 characters',
      ],
    };
  }
  const problems = [
    ...storeProblems(parsed.data),
    ...storefrontProblems(parsed.data),
    ...faultProblems(parsed.data),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, config: Object.freeze(toConfig(parsed.data)) };
}

const toConfig = (variables: Variables) => ({
  host: variables.HOST,
  port: variables.PORT,
  metricsHost: variables.METRICS_HOST,
  metricsPort: variables.METRICS_PORT,
  basePath: variables.BASE_PATH,
  image: variables.IMAGE,
  taskId: variables.TASK_ID,
  availabilityZone: variables.AVAILABILITY_ZONE,
  taskMetadataUrl: variables.ECS_CONTAINER_METADATA_URI_V4,
  ecsAgentUri: variables.ECS_AGENT_URI,
  scaleInProtectionMinutes: variables.SCALE_IN_PROTECTION_MINUTES,
  version: variables.VERSION,
  taskVcpus: variables.TASK_CPU_UNITS / 1024,
  cpuMsPerRequest: variables.CPU_MILLISECONDS_PER_REQUEST,
  /** Undefined when the stress routes are off. */
  stressToken: variables.STRESS_ENABLED ? variables.STRESS_TOKEN : undefined,
  idleTimeoutSeconds: variables.IDLE_TIMEOUT_SECONDS,
  stopTimeoutSeconds: variables.STOP_TIMEOUT_SECONDS,
  logLevel: variables.LOG_LEVEL,
  accessLog: variables.ACCESS_LOG,
  stopOnStdinEnd: variables.STOP_ON_STDIN_END,
  maxBodyBytes: variables.MAX_BODY_BYTES,
  maxHeaderBytes: variables.MAX_HEADER_BYTES,
  /** Undefined where nothing is traced. */
  tracing: traceConfig(variables),
  ...storeConfig(variables),
  storefront: storefrontConfig(variables),
  /** Undefined where nothing is to go wrong. */
  faults: faultsOf(variables),
});
