import {
  type Confinement,
  type Environment,
  appContainerName,
  capacityFacts,
  collectorShare,
  confinement,
  healthCheckFacts,
  healthCommandOf,
  isShippedBackend,
  loadRunnerContainerName,
  loadRunnerDescriptionVariable,
  programShare,
} from '@tideline/config';
import { type StoreReferences, noStores } from '../data/store-references.ts';
import { appSecrets, appVariables } from './app-variables.ts';
import { collectorConfiguration, collectorName } from './collector.ts';

/** User of the images that are made here; it owns nothing on the root file system. */
const confined: Confinement = { user: '1000:1000', readOnlyRootFilesystem: true, dropCapabilities: ['ALL'] };
/** Longest and shortest that ECS takes for a container’s own check (API reference, HealthCheck). */
const checkLimits = { timeoutSeconds: 60, startPeriodSeconds: 300 } as const;

/** Where a container’s output goes. */
export interface LogTarget {
  readonly group: string;
  readonly region: string;
}

/** One container, as a task definition has it. */
export type ContainerDefinition = Readonly<Record<string, unknown>> & { readonly name: string };

/** The service’s container: the shipped backend with the variables that the twin gives its tasks, or a program of the user’s. */
export function appContainer(
  environment: Environment,
  {
    image,
    log,
    stores = noStores,
  }: { readonly image: string; readonly log: LogTarget; readonly stores?: StoreReferences },
): ContainerDefinition {
  const { entryPoint, command, linux, stopTimeoutSeconds } = environment.container;
  const secrets = Object.entries(appSecrets(environment, stores));
  const own = isShippedBackend(environment) ? { IMAGE: image } : {};
  return {
    name: appContainerName,
    image,
    ...common(log),
    ...limits(confinement(environment), linux.initProcessEnabled),
    ...(linux.openFiles === null
      ? {}
      : { ulimits: [{ name: 'nofile', softLimit: linux.openFiles, hardLimit: linux.openFiles }] }),
    ...(entryPoint === null ? {} : { entryPoint }),
    ...(command === null ? {} : { command }),
    stopTimeout: stopTimeoutSeconds,
    ...reserved(environment),
    ...listening(environment),
    environment: variables({ ...appVariables(environment, stores), ...own }),
    ...(secrets.length === 0 ? {} : { secrets: secrets.map(([name, valueFrom]) => ({ name, valueFrom })) }),
    ...healthCheck(environment),
  };
}

/** What ECS runs in the container. An image need hold neither Node nor a shell, so only what is known to be there is run. */
function healthCheck(environment: Environment) {
  const { container, healthCheck: check } = environment;
  const own =
    isShippedBackend(environment) && healthCheckFacts(environment).hasHealthPath
      ? ['node', '-e', probe(`${container.basePath}${check.path}`, container.port)]
      : null;
  const command = healthCommandOf(container.healthCheck) ?? own;
  if (command === null) return {};
  return {
    healthCheck: {
      command: ['CMD', ...command],
      interval: check.intervalSeconds,
      timeout: Math.min(check.timeoutSeconds, checkLimits.timeoutSeconds),
      retries: check.unhealthyThreshold,
      startPeriod: Math.min(check.gracePeriodSeconds, checkLimits.startPeriodSeconds),
    },
  };
}

/** The load runner’s container. Where it sends load, and where the record goes, is named when it is run. */
export function loadRunnerContainer(
  environment: Environment,
  { image, log }: { readonly image: string; readonly log: LogTarget },
): ContainerDefinition {
  return {
    name: loadRunnerContainerName,
    image,
    ...confinedContainer(log),
    // A stopped run still writes its record.
    stopTimeout: 120,
    command: [
      ...['--profile', environment.load.profile, '--allow-remote', '--json', '--out', '/reports'],
      ...['--observe', 'aws', '--environment', `env:${loadRunnerDescriptionVariable}`],
    ],
    // The resolved description, 2.5 KB of the 64 KiB that a task definition may have: an image of another version
    // then refuses it, where a preset’s name would quietly mean something else there.
    environment: variables({ [loadRunnerDescriptionVariable]: JSON.stringify(environment) }),
    // Records are written here; they leave the task by the bucket of runs.
    mountPoints: [{ sourceVolume: 'reports', containerPath: '/reports', readOnly: false }],
  };
}

/**
 * The OpenTelemetry collector beside the backend: takes its spans, hands them to X-Ray. Where a task has an address of its own,
 * it listens on the loopback interface; behind a bridge, on the bridge, where the backend is linked to it.
 */
export function collectorContainer(
  environment: Environment,
  { image, log }: { readonly image: string; readonly log: LogTarget },
): ContainerDefinition {
  const { cpuUnits, memoryMiB } = collectorShare(environment);
  const address = isBridged(environment) ? '0.0.0.0' : '127.0.0.1';
  return {
    name: collectorName,
    image,
    ...confinedContainer(log),
    // Tracing may fail without the service failing with it.
    essential: false,
    cpu: cpuUnits,
    memory: memoryMiB,
    environment: variables({ AOT_CONFIG_CONTENT: collectorConfiguration(environment, address) }),
  };
}

/** Whether containers of a task are behind an instance’s bridge, and find each other by links alone. */
const isBridged = (environment: Environment): boolean =>
  capacityFacts(environment).containerInstances !== null;

/** On instances a container reserves CPU, beyond which it may burst, and has its memory as a hard limit; on Fargate its task does, unless a collector shares it. */
function reserved(environment: Environment) {
  const { enabled } = environment.observability.tracing;
  if (!enabled && !isBridged(environment)) return {};
  const { cpuUnits, memoryMiB } = programShare(environment);
  return {
    cpu: cpuUnits,
    memory: memoryMiB,
    ...(enabled && isBridged(environment) ? { links: [collectorName] } : {}),
  };
}

/** First port that Linux lets any user listen on. */
const firstUnprivilegedPort = 1024;

/** Behind a bridge the host’s port is one that Docker chooses (0); with an address of its own a task has its own ports. */
function listening(environment: Environment) {
  const { port } = environment.container;
  const { hostPort } = capacityFacts(environment);
  return {
    portMappings: [{ containerPort: port, hostPort, protocol: 'tcp' }],
    // The image’s user may not listen below it otherwise. Docker has this as its default since 20.10; Fargate does not, and
    // takes it from platform version 1.4.0 on, for all containers of the task (ECS API reference, SystemControl).
    ...(port < firstUnprivilegedPort
      ? { systemControls: [{ namespace: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] }
      : {}),
  };
}

/** What every container has in common: its output in a group of its own. */
const common = ({ group, region }: LogTarget) => ({
  essential: true,
  logConfiguration: {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': group,
      'awslogs-region': region,
      'awslogs-stream-prefix': 'task',
      // A log service that is slow must not make requests slow.
      mode: 'non-blocking',
      'max-buffer-size': '4m',
    },
  },
});

const limits = (
  { user, readOnlyRootFilesystem, dropCapabilities }: Confinement,
  initProcessEnabled: boolean,
) => ({
  ...(user === null ? {} : { user }),
  readonlyRootFilesystem: readOnlyRootFilesystem,
  linuxParameters: {
    ...(dropCapabilities.length === 0 ? {} : { capabilities: { add: [], drop: dropCapabilities } }),
    initProcessEnabled,
  },
});

/** A container that is made here: no privilege, nothing to write to. */
const confinedContainer = (log: LogTarget) => ({ ...common(log), ...limits(confined, true) });

/** By name, as ECS gives them back: another order would look like a change. */
const variables = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => ({ name, value }));

/** The shipped image holds Node and nothing else that could ask. */
const probe = (path: string, port: number): string =>
  `fetch('http://127.0.0.1:${port}${path}').then((r) => process.exit(r.status === 200 ? 0 : 1), () => process.exit(1))`;
