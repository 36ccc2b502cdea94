import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Environment,
  deployTrust,
  environmentStackIds,
  loadRunnerDescriptionVariable,
} from '@tideline/config';
import { writeStacks } from '../../test/synthesise.ts';
import type { Facts } from './readers.ts';

/** Ids of the repository come from the description where it has them, else from GitHub’s variables. */
const trustOf = ({ delivery, stage }: Environment) =>
  deployTrust(
    { delivery, stage },
    {
      GITHUB_REPOSITORY: 'owner/name',
      GITHUB_REPOSITORY_OWNER_ID: delivery.ownerId === null ? '2' : undefined,
      GITHUB_REPOSITORY_ID: delivery.repositoryId === null ? '1' : undefined,
    },
  );

type Json = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/**
 * Every argument of every resource and data source that the stacks of a description are synthesised to, and every output:
 * `service/aws_lb/load-balancer.idle_timeout`.
 */
export function readStacks(environment: Environment): Facts {
  const outdir = mkdtempSync(join(tmpdir(), 'tideline-effects-'));
  try {
    writeStacks(outdir, environment, { deployTrust: trustOf(environment) });
    return new Map(
      environmentStackIds(environment).flatMap((id) => {
        const file = join(outdir, 'stacks', id, 'cdk.tf.json');
        return [...factsOf(id, JSON.parse(readFileSync(file, 'utf8')) as Json)];
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function* factsOf(stack: string, synthesised: Json): Generator<readonly [string, string]> {
  for (const section of ['resource', 'data'])
    for (const [type, byName] of Object.entries((synthesised[section] ?? {}) as Blocks))
      for (const [name, block] of Object.entries(byName))
        for (const [argument, value] of Object.entries(block))
          // Where a construct is in the tree of constructs.
          if (argument !== '//')
            yield [
              `${stack}/${type}/${name}.${argument}`,
              JSON.stringify(withoutDescription(argument, value)),
            ];
  for (const section of ['output', 'provider', 'locals'])
    for (const [name, value] of Object.entries((synthesised[section] ?? {}) as Json))
      yield [`${stack}/${section}/.${name}`, JSON.stringify(value)];
}

/** The load runner is handed the whole description, which is no effect of any of its fields. */
function withoutDescription(argument: string, value: unknown): unknown {
  if (argument !== 'container_definitions') return value;
  const containers = JSON.parse(String(value)) as readonly { readonly environment?: readonly Json[] }[];
  return containers.map((container) => ({
    ...container,
    environment: container.environment?.filter(({ name }) => name !== loadRunnerDescriptionVariable),
  }));
}
