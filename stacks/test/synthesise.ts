import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Compute,
  type ComputeKindName,
  type Environment,
  type EnvironmentInput,
  type StackId,
  deployTrust,
  environmentStackIds,
  presetInput,
  resolveEnvironment,
} from '@tideline/config';
import type { StackContext } from '@tideline/infra';
import { buildStacks } from '../build-stacks.ts';
import { synthesiseApp } from '../synthesise-app.ts';

const accountId = '123456789012';

/** The repository that deploys, as GitHub Actions names it. */
const repository = {
  GITHUB_REPOSITORY: 'owner/name',
  GITHUB_REPOSITORY_OWNER_ID: '123456',
  GITHUB_REPOSITORY_ID: '456789',
};

export type Resource = Readonly<Record<string, unknown>>;

/** One stack, as Terraform reads it. */
interface SynthesisedStack {
  readonly terraform: { readonly backend: Readonly<Record<string, Resource>> };
  readonly provider: { readonly aws: readonly Resource[] };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly variable?: Readonly<Record<string, Resource>>;
  readonly locals?: Readonly<Record<string, string>>;
  readonly output: Readonly<Record<string, { readonly value: unknown; readonly description?: string }>>;
}

export interface Synthesis {
  readonly environment: Environment;
  /** Those that the environment has; reading another one fails the test. */
  readonly stacks: Readonly<Record<StackId, SynthesisedStack>>;
  /** Every resource of a type, over all stacks. */
  readonly all: (type: string) => readonly Resource[];
  /** The only resource of a type. @throws Error when there is none, or another one */
  readonly only: (type: string) => Resource;
}

/** The environment of a preset, with fields laid over it. */
export const environmentOf = (preset: string, over: Partial<EnvironmentInput> = {}): Environment =>
  resolveEnvironment({ ...presetInput(preset), ...over });

/** Synthesises every stack of a preset, with fields laid over it. */
export function synthesise(
  preset: string,
  over: Partial<EnvironmentInput> = {},
  facts: Partial<StackContext> = {},
): Synthesis {
  const environment = environmentOf(preset, over);
  const outdir = mkdtempSync(join(tmpdir(), 'tideline-stacks-'));
  try {
    writeStacks(outdir, environment, facts);
    return describeSynthesis(environment, readStacks(outdir, environment));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Synthesises every stack of an environment into a folder. */
export function writeStacks(
  outdir: string,
  environment: Environment,
  facts: Partial<StackContext> = {},
): void {
  mkdirSync(outdir, { recursive: true });
  const releaseHookFile = join(outdir, 'release-hook.zip');
  writeFileSync(releaseHookFile, 'stands for the archive');
  synthesiseApp(outdir, (app) => {
    buildStacks(app, {
      environment,
      accountId,
      image: null,
      loadRunnerImage: null,
      releaseHookFile,
      deployTrust: facts.deployTrust === undefined ? deployTrust(environment, repository) : facts.deployTrust,
      s3PathStyle: false,
      stateBackend: 's3',
      ...facts,
    });
  });
}

function readStacks(outdir: string, environment: Environment): Synthesis['stacks'] {
  const read = (id: StackId) =>
    JSON.parse(readFileSync(join(outdir, 'stacks', id, 'cdk.tf.json'), 'utf8')) as SynthesisedStack;
  return Object.fromEntries(
    environmentStackIds(environment).map((id) => [id, read(id)]),
  ) as Synthesis['stacks'];
}

function describeSynthesis(environment: Environment, stacks: Synthesis['stacks']): Synthesis {
  const all = (type: string) =>
    Object.values(stacks).flatMap(({ resource }) => Object.values(resource[type] ?? {}));
  const only = (type: string): Resource => {
    const [first, ...rest] = all(type);
    if (first === undefined || rest.length > 0)
      throw new Error(`expected one ${type}, got ${all(type).length}`);
    return first;
  };
  return { environment, stacks, all, only };
}

/** The only element of a block that Terraform has as a list, or the block itself. */
export const first = (value: unknown): Resource => (Array.isArray(value) ? value[0] : value) as Resource;

/** Settings of the compute kind that a test is about. @throws Error for an environment of another kind */
export function computeOf<Kind extends ComputeKindName>(
  { environment: { compute } }: Synthesis,
  kind: Kind,
): Compute<Kind> {
  if (compute.kind !== kind) throw new Error(`expected compute kind ${kind}, got ${compute.kind}`);
  return compute as Compute<Kind>;
}

/** How long a target group keeps a client with one target; 0 when it does not. */
export const stickinessSeconds = ({ stickiness }: Resource): unknown =>
  (stickiness as Resource | undefined)?.cookie_duration ?? 0;

/** Every resource of every stack, with where it stands. */
export const everyResource = ({ stacks }: Synthesis) =>
  Object.entries(stacks).flatMap(([stack, { resource }]) =>
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, properties]) => ({ stack, type, name, properties })),
    ),
  );

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** Every statement of every policy, of identities and of resources, with where it stands. */
export const everyStatement = (synthesis: Synthesis) =>
  everyResource(synthesis).flatMap(({ type, name, properties }) =>
    [properties.policy, properties.assume_role_policy]
      .filter((document) => typeof document === 'string' && document.includes('"Statement"'))
      .flatMap((document) => (JSON.parse(String(document)) as { Statement: PolicyStatement[] }).Statement)
      .map((statement) => ({ at: `${type}.${name}`, type, statement })),
  );
