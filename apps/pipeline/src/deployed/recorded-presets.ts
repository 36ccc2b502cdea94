import { type StackId, stackIds } from '@tideline/config';
import type { StackState } from '../aws/state-store.ts';
import type { Pipeline } from '../pipeline.ts';
import { stackState } from './environment-state.ts';

/** What a stack holds, and the presets that it was made from: two after a conversion that was stopped. */
export interface RecordedPreset {
  readonly stack: StackId;
  readonly resources: number;
  readonly presets: readonly string[];
}

/**
 * The presets that an environment was made from, stack by stack; stacks that hold nothing are left out. Every resource carries
 * its preset as a tag, so each state records it from the first resource on. The state of stack state does so before any other
 * stack exists and after all others are destroyed, and no workflow can write it.
 */
export async function recordedPresets(pipeline: Pipeline): Promise<readonly RecordedPreset[]> {
  const inBucket = await pipeline.cloud.state.exists();
  const recorded = await Promise.all(
    stackIds.map(async (stack) => {
      const state = inBucket ? await stackState(pipeline, stack) : null;
      return { stack, state: state ?? (stack === 'state' ? await pipeline.stacks.localState() : null) };
    }),
  );
  return recorded.flatMap(({ stack, state }) =>
    state === null || state.resources === 0
      ? []
      : [{ stack, resources: state.resources, presets: presetsOf(state) }],
  );
}

const presetsOf = ({ managed }: StackState): readonly string[] => [
  ...new Set(
    managed.flatMap(({ attributes: { tags_all: tags } }) =>
      typeof tags === 'object' && tags !== null && 'preset' in tags && typeof tags.preset === 'string'
        ? [tags.preset]
        : [],
    ),
  ),
];
