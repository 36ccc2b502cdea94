import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type StackId,
  bucketNames,
  environmentStackIds,
  loadEnvironment,
  resourceNames,
  stateKey,
} from '@tideline/config';
import {
  type AwsEmulator,
  folderOfFiles,
  startAwsEmulator,
  startSharedProvider,
  synthesisedTypes,
} from '../src/index.ts';
import { CdktfProject } from './cdktf-project.ts';
import { EmulatedAccount, type StoredResource } from './emulated-account.ts';
import { StepTimings } from './step-timings.ts';
import { TerraformProject } from './terraform-project.ts';
import { type ProjectOptions } from './terraform-stacks.ts';

const accountId = '123456789012';
const root = join(import.meta.dirname, '..', '..', '..');

const maximumCapacity = {
  fargate: 'autoscaling aws_appautoscaling_target.max_capacity',
  'ecs-ec2': 'autoscaling aws_appautoscaling_target.max_capacity',
  'ec2-asg': 'service aws_autoscaling_group.max_size',
} as const;

/** An emulator, a project synthesised for one preset, and a view of what exists. */
export interface StackChain {
  readonly emulator: AwsEmulator;
  /** Runs Terraform with a provider that all its commands share: several times as fast. */
  readonly project: TerraformProject;
  /** The same stacks in the same folder as users run them: by cdktf, with a provider of its own for each command. */
  readonly cdktf: CdktfProject;
  readonly account: EmulatedAccount;
  readonly timings: StepTimings;
  readonly lockTable: string;
  /** In order of deployment, after the state’s own. */
  readonly stacks: readonly StackId[];
  /** Where `capacity.max` stands: what scaling moves, and which stack holds it. */
  readonly maximumCapacity: string;
  /** Holds back every request for this operation until `holdNothing`; resolves when the first has come. */
  hold(operation: string): Promise<void>;
  /** Requests go on again; those that were held back never do. */
  holdNothing(): void;
  states(): Promise<ReadonlyMap<string, StoredResource>>;
  close(): Promise<void>;
}

/** An empty account of its own, and the stacks of the preset to fill it with. */
export async function startChain(preset: string): Promise<StackChain> {
  const description = await loadEnvironment({ preset, variables: {} });
  const stacks = environmentStackIds(description).filter((stack) => stack !== 'state');
  let held: { readonly operation: string; readonly onArrival: () => void } | undefined;
  const emulator = await startAwsEmulator({
    region: description.region,
    beforeRequest: async (operation) => {
      if (operation !== held?.operation) return;
      held.onArrival();
      // Whoever asked is to die waiting.
      await new Promise<never>(() => undefined);
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'tideline-stacks-'));
  const environment = {
    ...emulator.environment,
    TIDELINE_PRESET: preset,
    GITHUB_REPOSITORY: 'tideline/example',
    GITHUB_REPOSITORY_ID: '456789',
    GITHUB_REPOSITORY_OWNER_ID: '123456',
  };
  const bucket = bucketNames(description, accountId).state;
  const account = new EmulatedAccount(emulator.url);
  const options: ProjectOptions = { root, output: join(folder, 'cdktf.out'), environment };
  const types = () => synthesisedTypes(options.output);
  const provider = await startSharedProvider({
    ...{ environment, types },
    folder: folderOfFiles(options.output),
  });
  return {
    emulator,
    account,
    project: new TerraformProject({ ...options, environment: { ...environment, ...provider.environment } }),
    cdktf: new CdktfProject(options),
    timings: new StepTimings(),
    stacks,
    maximumCapacity: maximumCapacity[description.compute.kind],
    lockTable: resourceNames(description).lockTable,
    hold: (operation) =>
      new Promise((resolve) => {
        held = { operation, onArrival: resolve };
      }),
    holdNothing: () => {
      held = undefined;
    },
    async states() {
      const all = await Promise.all(
        stacks.map(async (stack) => {
          const state = await account.state(bucket, stateKey(description, stack));
          return [...state].map(([address, resource]) => [`${stack} ${address}`, resource] as const);
        }),
      );
      return new Map(all.flat());
    },
    async close() {
      await provider.close();
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
