import { resolve } from 'node:path';
import { type EnvironmentInput, resolveEnvironment } from '@tideline/config';
import { createRuntime } from '../../src/runtimes/runtime-kinds.ts';
import type { RuntimeParts } from '../../src/runtimes/runtime-parts.ts';
import type { OwnedRuntime } from '../../src/tasks/task-runtime.ts';

export type RigOptions = Omit<Partial<EnvironmentInput>, 'preset' | 'compute'> &
  Partial<Pick<RuntimeParts, 'secrets' | 'onOutput' | 'storeVariables'>>;

/** The runtime of a description, with tasks of a quarter of a vCPU. */
export const runtimeOf = ({
  secrets = {},
  onOutput = () => undefined,
  storeVariables = {},
  ...description
}: RigOptions = {}): Promise<OwnedRuntime> =>
  createRuntime({
    environment: resolveEnvironment({
      capacity: { min: 1, max: 4, desired: 1 },
      healthCheck: { path: '/' },
      ...description,
      preset: 'rig',
      compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
    }),
    backendFile: resolve(import.meta.dirname, '../../../../dist/apps/api/main.mjs'),
    storeVariables,
    traceVariables: {},
    agentUri: (taskId) => `http://127.0.0.1:1/${taskId}`,
    secrets,
    onOutput,
  });
