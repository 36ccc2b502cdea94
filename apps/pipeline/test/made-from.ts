import type { StackState } from '../src/aws/state-store.ts';

/** A state of three resources that were made from a preset. */
export const madeFrom = (preset: string): StackState => ({
  resources: 3,
  managed: ['a', 'b', 'c'].map((name) => ({
    type: 'aws_vpc',
    attributes: { id: name, tags_all: { preset, project: 'tideline', stage: 'dev' } },
  })),
  outputs: {},
});
