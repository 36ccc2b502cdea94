import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

export const workspaceRoot = join(import.meta.dirname, '..', '..', '..');

export const workflowNames = ['ci', 'init', 'deploy', 'destroy', 'load-test', 'service', 'steps'] as const;
/** Workflows whose jobs each run a range of one command’s steps. */
export const chainNames = ['init', 'deploy', 'destroy'] as const;

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
});
const job = z.looseObject({
  needs: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  permissions: z.record(z.string(), z.string()),
  'timeout-minutes': z.unknown().optional(),
  steps: z.array(step).default([]),
});
const workflow = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  concurrency: z
    .object({ group: z.string(), 'cancel-in-progress': z.boolean(), queue: z.string().optional() })
    .optional(),
  jobs: z.record(z.string(), job),
});

export type Workflow = z.output<typeof workflow>;
export type Job = z.output<typeof job>;

export const workflowFile = (name: string): string => join('.github', 'workflows', `${name}.yml`);
export const readText = (file: string): string => readFileSync(join(workspaceRoot, file), 'utf8');
export const readWorkflow = (name: string): Workflow => workflow.parse(parse(readText(workflowFile(name))));

/** The jobs in the order in which GitHub runs them: each after the one that it needs. */
export function orderedJobs({ jobs }: Workflow): readonly (Job & { readonly id: string })[] {
  const ordered: (Job & { readonly id: string })[] = [];
  const left = new Map(Object.entries(jobs));
  while (left.size > 0) {
    const next = [...left].find(([, { needs }]) => needs === undefined || !left.has(needs));
    if (next === undefined) throw new Error('the jobs need each other');
    ordered.push({ id: next[0], ...next[1] });
    left.delete(next[0]);
  }
  return ordered;
}
