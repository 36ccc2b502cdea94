import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EmulatedWorkspace, type Ended, circumstances, missingTools } from './emulated-workspace.ts';
import { type Job, orderedJobs, readWorkflow } from './workflow.ts';

const minutes = 60_000;

(missingTools.length > 0 ? describe.skip : describe)(
  `the workflows, job by job, against the emulator (${circumstances})`,
  () => {
    let workspace: EmulatedWorkspace;

    beforeAll(async () => {
      workspace = await EmulatedWorkspace.start();
      const { status, output } = await workspace.shell('npm run pipeline -- bootstrap --preset load-driven');
      expect({ status, output }).toMatchObject({ status: 0 });
    }, 8 * minutes);

    afterAll(() => workspace.close());

    test(
      'init ends with a steady service',
      async () => {
        await runWorkflow('init');
        expect(await status()).toMatchObject({
          service: { name: 'tideline-e2e-api', running: 2, desired: 2, rollout: 'steady' },
        });
      },
      12 * minutes,
    );

    test(
      'deploy of the same inputs builds nothing and makes no task definition',
      async () => {
        const before = await status();
        await runWorkflow('deploy');
        expect(await summary()).toMatch(/\| image \| skipped \|/);
        expect(await summary()).toMatch(/\| service \| done \| [\d.]+ \| nothing to change \|/);
        expect((await status()).service).toEqual(before.service);
      },
      10 * minutes,
    );

    test(
      'destroy with another name touches nothing',
      async () => {
        const [first] = orderedJobs(readWorkflow('destroy'));
        expect(await runJob(first!, { name: 'production' })).toMatchObject({ status: 2 });
        expect((await status()).service).not.toBeNull();
      },
      2 * minutes,
    );

    test(
      'destroy leaves the state and nothing else',
      async () => {
        await runWorkflow('destroy', { name: 'tideline-e2e' });
        const { stacks } = await status();
        expect(stacks.filter(({ resources }) => resources > 0).map(({ stack }) => stack)).toEqual(['state']);
      },
      10 * minutes,
    );

    interface Status {
      readonly service: unknown;
      readonly stacks: readonly { readonly stack: string; readonly resources: number }[];
    }

    async function status(): Promise<Status> {
      const { output } = await workspace.shell(
        'npm run --silent pipeline -- status --preset load-driven --json',
      );
      return JSON.parse(output.split('\n').findLast((line) => line.startsWith('{')) ?? '') as Status;
    }

    const summaryFile = (): string => workspace.variables.GITHUB_STEP_SUMMARY ?? '';
    const summary = (): Promise<string> => readFile(summaryFile(), 'utf8');

    async function runWorkflow(name: string, inputs: Record<string, string> = {}): Promise<void> {
      await writeFile(summaryFile(), '');
      for (const job of orderedJobs(readWorkflow(name))) {
        const { status, output } = await runJob(job, inputs);
        expect({ job: job.id, status, output }).toMatchObject({ status: 0 });
      }
    }

    /** Runs the run lines of the called workflow with the inputs of the job that calls it, as GitHub would. */
    async function runJob(job: Job, inputs: Record<string, string>): Promise<Ended> {
      const values = { preset: 'load-driven', environment: 'e2e', ...inputs };
      const passed = Object.fromEntries(
        Object.entries(job.with).map(([name, value]) => [name, expression(String(value), values)]),
      );
      let ended: Ended = { status: 0, output: '' };
      for (const { run, env } of readWorkflow('steps').jobs.run!.steps) {
        if (run === undefined || ended.status !== 0) continue;
        const own = Object.entries(env)
          .filter(([, value]) => value.includes('inputs.'))
          .map(([name, value]) => [name, expression(value, passed)]);
        ended = await workspace.shell(run, Object.fromEntries(own) as Record<string, string>);
      }
      return ended;
    }
  },
);

/** The value of `${{ inputs.x }}`, and of an expression that falls back on a literal. */
function expression(text: string, values: Readonly<Record<string, string>>): string {
  const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1];
  if (input !== undefined) return values[input] ?? '';
  return /^\$\{\{ vars\.\w+ \|\| '([^']+)' \}\}$/.exec(text)?.[1] ?? text;
}
