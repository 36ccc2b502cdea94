import { capacityFacts, computeFacts } from '../compute/compute-kinds.ts';
import type { Problem } from '../configuration-error.ts';
import { type ErrorRule, refuse } from '../errors/error-rule.ts';
import { isShippedBackend } from './container-facts.ts';
import { shippedImage } from './container-schema.ts';

/** One task runs one program. */
export const oneRuntime: ErrorRule = ({ local, container }) => {
  if (local.container && local.command !== null)
    return refuse(
      'TL-CONFIG-LOCAL-RUNTIME',
      'local.container',
      `got true with local.command ${JSON.stringify(local.command)}; a task runs one of them. Set local.container to false, or local.command to null`,
    );
  if (local.container && container.build === null && container.image === shippedImage)
    return refuse(
      'TL-CONFIG-LOCAL-RUNTIME',
      'local.container',
      `got true with container.image ${shippedImage} and no container.build; there is no image to run. Name one in container.image, or describe container.build`,
    );
  return [];
};

const platforms = { X86_64: 'linux/amd64', ARM64: 'linux/arm64' } as const;

/** A task starts no image of another architecture. */
export const buildPlatform: ErrorRule = (environment) => {
  const platform = environment.container.build?.platform ?? null;
  const { architecture } = capacityFacts(environment).unit;
  const expected = platforms[architecture];
  return platform === null || platform === expected
    ? []
    : refuse(
        'TL-CONFIG-BUILD-PLATFORM',
        'container.build.platform',
        `got ${platform} with architecture ${architecture}, which runs ${expected}. Set it to ${expected} or null, or change the architecture`,
      );
};

/** A variable has one value, wherever it comes from. */
export const variableOnce: ErrorRule = ({ container, local }) =>
  Object.keys(container.secrets).flatMap((name): readonly Problem[] => {
    const other = [container.environment, local.environment].findIndex((names) => name in names);
    if (other === -1) return [];
    const path = `${other === 0 ? 'container' : 'local'}.environment.${name}`;
    return refuse(
      'TL-CONFIG-VARIABLE-TWICE',
      path,
      `is also in container.secrets; a variable has one value. Remove it from one of them`,
    );
  });

/** The port is the description’s: a variable that says otherwise would have health checks ask where nothing listens. */
export const portVariable: ErrorRule = ({ container: { environment, secrets, port }, local }) => [
  ...(environment.PORT === undefined || environment.PORT === String(port)
    ? []
    : refuse(
        'TL-CONFIG-PORT-VARIABLE',
        'container.environment.PORT',
        `got ${JSON.stringify(environment.PORT)} with container.port ${port}. Set container.port, and leave the variable out: it is set from there`,
      )),
  ...[local.environment, secrets].flatMap((names, index) =>
    local.portVariable in names
      ? refuse(
          'TL-CONFIG-PORT-VARIABLE',
          `${index === 0 ? 'local.environment' : 'container.secrets'}.${local.portVariable}`,
          `names the port of a task, which is another for each task on one machine. Leave it out`,
        )
      : [],
  ),
];

/** Only the shipped backend has sessions, files, a storefront and stress routes: nothing else would read what these pay for. */
export const backendFeatures: ErrorRule = (environment) => {
  if (isShippedBackend(environment)) return [];
  const { container, sessions, files, storefront } = environment;
  const asked = [
    { path: 'sessions.store', got: sessions.store, off: 'none' },
    { path: 'files.store', got: files.store, off: 'none' },
    { path: 'storefront.enabled', got: storefront.enabled, off: false },
    { path: 'container.stressRoutes', got: container.stressRoutes, off: false },
  ];
  return asked
    .filter(({ got, off }) => got !== off)
    .flatMap(({ path, got, off }) =>
      refuse(
        'TL-CONFIG-BACKEND-FEATURE',
        path,
        `got ${got} with a program of your own; only the backend that is shipped here has it. Set it to ${off}, or leave container.image, container.build and local as they are`,
      ),
    );
};

/** Docker by itself replaces no container that is unhealthy. */
export const healthCommand: ErrorRule = (environment) => {
  const { kind } = environment.container.healthCheck;
  if (kind !== 'command' || computeFacts(environment).hasContainerHealthCheck) return [];
  return refuse(
    'TL-CONFIG-HEALTH-COMMAND',
    'container.healthCheck.kind',
    `got ${kind} with compute.kind ${environment.compute.kind}, where no ECS runs it. Set it to http, by which the balancer decides`,
  );
};
