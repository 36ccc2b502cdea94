import { type Resource, first } from '../synthesise.ts';
import { type Check, addressesOf, containers, each, every, inBlock, refersTo } from './check.ts';

/** Names of variables that give credentials away (ECS.8). */
const secretNames = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'ECS_ENGINE_AUTH_DATA']);

/** Runtimes for Node.js that Lambda patches (AWS Lambda guide, “Supported runtimes”). */
const supportedRuntimes = new Set(['nodejs22.x', 'nodejs24.x']);

const eachContainer =
  (holds: (container: Resource) => boolean): Check =>
  (synthesis) =>
    every(containers(synthesis), holds);

const hasRootUser = ({ user }: Resource): boolean => typeof user !== 'string' || /^(root|0)(:|$)/.test(user);

export const containerChecks: Readonly<Record<string, Check>> = {
  'ECS.1': each('aws_ecs_task_definition', ({ network_mode, container_definitions }) =>
    network_mode === 'host'
      ? !(JSON.parse(String(container_definitions)) as Resource[]).some(hasRootUser)
      : true,
  ),
  'ECS.2': ({ all }) =>
    every(
      all('aws_ecs_service').filter(({ network_configuration }) => network_configuration !== undefined),
      (service) => inBlock(service, 'network_configuration', 'assign_public_ip') === false,
    ),
  'ECS.3': each('aws_ecs_task_definition', ({ pid_mode }) => pid_mode !== 'host'),
  'ECS.4': eachContainer(({ privileged }) => privileged !== true),
  'ECS.5': eachContainer(({ readonlyRootFilesystem }) => readonlyRootFilesystem === true),
  'ECS.8': eachContainer(({ environment = [] }) =>
    (environment as readonly Resource[]).every(({ name }) => !secretNames.has(String(name))),
  ),
  'ECS.9': eachContainer(({ logConfiguration }) => first(logConfiguration).logDriver !== undefined),
  'ECS.10': ({ all }) =>
    every(
      all('aws_ecs_service').filter(({ launch_type }) => launch_type === 'FARGATE'),
      ({ platform_version }) => platform_version === undefined || platform_version === 'LATEST',
    ),
  'ECS.12': each('aws_ecs_cluster', ({ setting = [] }) =>
    (setting as readonly Resource[]).some(
      ({ name, value }) => name === 'containerInsights' && value !== 'disabled',
    ),
  ),
  'ECR.1': each(
    'aws_ecr_repository',
    (repository) => inBlock(repository, 'image_scanning_configuration', 'scan_on_push') === true,
  ),
  'ECR.2': each('aws_ecr_repository', ({ image_tag_mutability }) => image_tag_mutability === 'IMMUTABLE'),
  'ECR.3': (synthesis) =>
    every(
      addressesOf(synthesis, 'aws_ecr_repository'),
      refersTo(synthesis, 'aws_ecr_lifecycle_policy', 'repository'),
    ),
  'Lambda.1': (synthesis) => {
    // Every permission that the stacks gave would be a resource-based policy.
    const policies = synthesis.all('aws_lambda_permission');
    return each('aws_lambda_function', () => policies.length === 0)(synthesis);
  },
  'Lambda.2': each('aws_lambda_function', ({ runtime }) => supportedRuntimes.has(String(runtime))),
  'Lambda.5': each(
    'aws_lambda_function',
    (lambda) => (inBlock(lambda, 'vpc_config', 'subnet_ids') as readonly string[]).length >= 2,
  ),
};
