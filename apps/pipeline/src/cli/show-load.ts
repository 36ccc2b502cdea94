import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLoadProfile, resourceNames } from '@tideline/config';
import { appendWhole, exitCodes, messageOf } from '@tideline/process';
import { awsProblem } from '../aws/aws-problem.ts';
import { type LoadResult, newRunId, runLoad } from '../load/run-load.ts';
import type { Pipeline } from '../pipeline.ts';
import { type PreflightNeeds, preflight } from '../preflight/preflight.ts';
import { type CommandOptions, optionDefaults } from './command-options.ts';

interface LoadTerminal {
  readonly program: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'>;
  readonly signal: AbortSignal;
}

/** What has to be right before a task is started. */
const loadNeeds: PreflightNeeds = {
  ...{ terraform: 'not-needed', stacks: [], stateBucket: 'needed' },
  ...{ preset: 'bootstrapped', rights: 'not-needed', zones: 'not-needed' },
};

/** Drives load from inside AWS, and shows what came of it. @returns the verdict as an exit code. @throws PipelineError */
export async function showLoad(
  pipeline: Pipeline,
  options: CommandOptions,
  { program, signal }: LoadTerminal,
): Promise<number> {
  const { environment } = pipeline;
  const profile = await readLoadProfile(options.profile ?? environment.load.profile);
  await preflight(pipeline, loadNeeds, signal);
  const runId = newRunId(new Date());
  const head = { command: 'load', environment: resourceNames(environment).prefix, run: runId };
  const print = (document: object): void => {
    if (options.json) program.stdout.write(`${JSON.stringify({ ...head, ...document })}\n`);
  };
  let result: LoadResult;
  try {
    result = await runLoad(pipeline, {
      ...{ runId, profile, signal, outDir: options.out },
      say: (line) => program.stderr.write(`${line}\n`),
      deadlineMs: (options.deadline ?? optionDefaults.deadline) * 1000,
    });
  } catch (thrown) {
    const error = awsProblem(thrown);
    print({ passed: false, error: messageOf(error) });
    throw error;
  }
  const { record, folder, task } = result;
  const { arn, stopCode, stoppedReason, exitCode } = task;
  const passed = record?.verdict.passed ?? false;
  print({
    ...{ passed, status: record?.status ?? 'interrupted', verdict: record?.verdict ?? null, folder },
    task: { arn, stopCode, stoppedReason, exitCode },
  });
  if (!options.json) program.stdout.write(`${verdictLine(result)}\n`);
  await summarise(result, { options, env: program.env });
  if (task.stoppedFor === 'interrupted') return exitCodes.interrupted;
  return passed ? exitCodes.done : exitCodes.failed;
}

function verdictLine({ record, folder }: LoadResult): string {
  if (record === null) return `interrupted before there was a record; the log is in ${folder}`;
  const failed = record.verdict.checks.filter(({ passed }) => !passed).map(({ name }) => name);
  const verdict = record.verdict.passed ? 'passed' : `failed: ${failed.join(', ')}`;
  return `${record.status}, ${verdict}; record, report and log are in ${folder}`;
}

/** The report, for the summary page of a job. */
async function summarise(
  { record, folder }: LoadResult,
  { options, env }: { readonly options: CommandOptions; readonly env: NodeJS.ProcessEnv },
): Promise<void> {
  const file = options.summary === true ? env.GITHUB_STEP_SUMMARY : options.summary;
  if (file === undefined || file === '' || record === null) return;
  appendWhole(file, `${await readFile(join(folder, 'report.md'), 'utf8')}\n`);
}
