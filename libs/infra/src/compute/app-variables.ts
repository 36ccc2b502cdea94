import {
  type Environment,
  computeFacts,
  isShippedBackend,
  programCpuUnitsAtAws,
  protectionVariables,
  storefrontVariables,
  traceVariables,
} from '@tideline/config';
import type { StoreReferences } from '../data/store-references.ts';
import { collectorName, collectorPort } from './collector.ts';

const bytesPerMiB = 1_048_576;

/**
 * The service’s variables, wherever it runs: those that the twin gives its tasks. A program of the user’s gets its port and
 * what the description names for it. None of them is a secret.
 */
export function appVariables(
  environment: Environment,
  stores: StoreReferences,
): Readonly<Record<string, string>> {
  const { container } = environment;
  return {
    ...(isShippedBackend(environment)
      ? backendVariables(environment, stores)
      : { PORT: String(container.port) }),
    ...tracing(environment),
    ...container.environment,
  };
}

function backendVariables(
  environment: Environment,
  stores: StoreReferences,
): Readonly<Record<string, string>> {
  const { container, loadBalancer, sessions, files } = environment;
  return {
    PORT: String(container.port),
    BASE_PATH: container.basePath,
    TASK_CPU_UNITS: String(programCpuUnitsAtAws(environment)),
    CPU_MILLISECONDS_PER_REQUEST: String(container.cpuMillisecondsPerRequest),
    STRESS_ENABLED: String(container.stressRoutes),
    IDLE_TIMEOUT_SECONDS: String(loadBalancer.idleTimeoutSeconds),
    STOP_TIMEOUT_SECONDS: String(container.stopTimeoutSeconds),
    ...(stores.sessions === null
      ? {}
      : {
          SESSION_STORE: 'redis',
          REDIS_URL: `rediss://${stores.sessions.address}`,
          SESSION_IDLE_SECONDS: String(sessions.idleSeconds),
        }),
    ...(stores.files === null
      ? {}
      : {
          FILE_STORE: 's3',
          FILES_BUCKET: stores.files.bucketName,
          MAX_FILE_BYTES: String(files.maximumFileMiB * bytesPerMiB),
        }),
    ...protectionVariables(environment),
    ...storefrontVariables(environment),
  };
}

/** Where the collector is, as the backend sees it: in a task with an address of its own, beside it; elsewhere by name. */
function tracing(environment: Environment): Readonly<Record<string, string>> {
  const { enabled, sampledPercent } = environment.observability.tracing;
  if (!enabled) return {};
  const { fleet, targetType } = computeFacts(environment);
  return traceVariables(environment, {
    endpoint: `http://${targetType === 'ip' ? '127.0.0.1' : collectorName}:${collectorPort}`,
    sampledShare: sampledPercent / 100,
    attributes: {
      'cloud.provider': 'aws',
      'cloud.platform': fleet === 'service' ? 'aws_ecs' : 'aws_ec2',
      'cloud.region': environment.region,
    },
  });
}

/** Variables whose values are secrets, with the ARN of each: they are read where the backend starts, and stand nowhere else. */
export function appSecrets(
  { container }: Environment,
  { sessions, stressTokenSecretArn: generated }: StoreReferences,
): Readonly<Record<string, string>> {
  const { stressRoutes, stressTokenSecretArn: named } = container;
  const stressToken = named ?? generated;
  return {
    ...container.secrets,
    ...(stressRoutes && stressToken !== null ? { STRESS_TOKEN: stressToken } : {}),
    ...(sessions === null
      ? {}
      : { REDIS_AUTH_TOKEN: sessions.tokenSecretArn, SESSION_KEYS: sessions.keysSecretArn }),
  };
}
