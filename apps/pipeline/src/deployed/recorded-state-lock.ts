import { type StateLock, stackOutputSchemas, stateLockFacts, stateLockOf } from '@tideline/config';
import type { Pipeline } from '../pipeline.ts';
import { stackState } from './environment-state.ts';

/**
 * Where runs lock the states since the last bootstrap; null before the first. Whether there is a table is taken from the
 * resources, so that a bootstrap that ended half-way is seen as what it left.
 */
export async function recordedStateLock(pipeline: Pipeline): Promise<StateLock | null> {
  const state = (await pipeline.cloud.state.exists()) ? await stackState(pipeline, 'state') : null;
  if (state === null) return null;
  const { lock } = stackOutputSchemas.state.shape;
  return stateLockOf({
    inTable: state.managed.some(({ type }) => type === 'aws_dynamodb_table'),
    inBucket: stateLockFacts(lock.parse(state.outputs.lock?.value)).inBucket,
  });
}
