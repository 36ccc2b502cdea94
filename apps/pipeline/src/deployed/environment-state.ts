import {
  type StackId,
  type StackOutputs,
  deployRecordKey,
  parseStackOutputs,
  stateKey,
} from '@tideline/config';
import * as z from 'zod';
import type { StackState } from '../aws/state-store.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';

const recordSchema = z.object({
  commit: z.string().nullable(),
  deployedAt: z.string(),
  preset: z.string().nullable().default(null),
  platform: z.string().nullable().default(null),
  baseImage: z.string().nullable().default(null),
  images: z.record(z.string(), z.string()).default({}),
});

/**
 * What was deployed last, kept beside the Terraform states. A commit of null was no clean working copy, a preset or a platform
 * of null is not known, and a base image of null the one that the Dockerfile names; `images` are what ran then, by app.
 */
export type DeployRecord = z.output<typeof recordSchema>;

/** Null when nothing was deployed by the pipeline yet. */
export async function deployRecord({ cloud, environment }: Pipeline): Promise<DeployRecord | null> {
  const read = recordSchema.safeParse(await cloud.state.read(deployRecordKey(environment)));
  return read.success ? read.data : null;
}

export const writeDeployRecord = ({ cloud, environment }: Pipeline, record: DeployRecord): Promise<void> =>
  cloud.state.write(deployRecordKey(environment), record);

/** State of a stack; null when it was never deployed. */
export const stackState = ({ cloud, environment }: Pipeline, stack: StackId): Promise<StackState | null> =>
  cloud.state.stack(stateKey(environment, stack));

/** The state of stack state is in the bucket that it describes. */
export const keepsItsOwnState = async (pipeline: Pipeline): Promise<boolean> =>
  (await pipeline.cloud.state.exists()) && (await stackState(pipeline, 'state')) !== null;

/** Outputs of a stack; null when it holds nothing, or was not deployed to its end. */
export async function findOutputs<Id extends StackId>(
  pipeline: Pipeline,
  stack: Id,
): Promise<StackOutputs[Id] | null> {
  const state = await stackState(pipeline, stack);
  if (state === null || state.resources === 0) return null;
  try {
    return parseStackOutputs(stack, state.outputs);
  } catch {
    return null;
  }
}

/** @throws PipelineError TL-PIPE-ORDER when the stack is not deployed */
export async function outputsOf<Id extends StackId>(
  pipeline: Pipeline,
  stack: Id,
): Promise<StackOutputs[Id]> {
  const outputs = await findOutputs(pipeline, stack);
  if (outputs !== null) return outputs;
  throw new PipelineError(
    'TL-PIPE-ORDER',
    `stack ${stack} is not deployed to its end, and this step needs its outputs. Run step ${stack} first: init --from ${stack}`,
  );
}
