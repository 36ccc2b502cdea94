import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import type { LoadProfile } from '@tideline/config';
import { type RunRecord, parseRunRecord } from '@tideline/evidence';
import { throwIfInterrupted, writeFolderWhole, messageOf } from '@tideline/process';
import { awsProblem } from '../aws/aws-problem.ts';
import type { Pipeline } from '../pipeline.ts';
import { PipelineError } from '../pipeline-error.ts';
import { type EndedTask, type FollowOptions, followTask } from './follow-task.ts';
import { type LoadTask, loadTask } from './load-task.ts';
import { taskProblem } from './task-problem.ts';

export interface LoadRequest extends FollowOptions {
  readonly runId: string;
  readonly profile: LoadProfile;
  /** Folder that the run’s folder is made in. */
  readonly outDir: string;
}

/** What a run came to. */
export interface LoadResult {
  readonly task: EndedTask;
  /** Where its files are. */
  readonly folder: string;
  /** Null where the user stopped it before it had one. */
  readonly record: RunRecord | null;
}

const recordFile = 'run-record.json';
const logFile = 'run.log';
/** What the pipeline itself has put there. */
const profileFile = 'profile.json';

/** Such as load-20260102T030405-1a2b3c: sorted by time, and of no other run. */
export const newRunId = (now: Date): string =>
  `load-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}-${randomBytes(3).toString('hex')}`;

/**
 * Drives load from one task, follows it, and fetches what it left. Nothing stays in AWS: the task has ended, and its files are
 * deleted once they are here.
 * @throws PipelineError for a task that does not start, dies without a record, or leaves one that cannot be read
 */
export async function runLoad(pipeline: Pipeline, request: LoadRequest): Promise<LoadResult> {
  const { runId, profile, outDir, say } = request;
  const { loadTasks, runFiles } = pipeline.cloud;
  const task = await loadTask(pipeline, runId);
  say(`run ${runId}: profile ${profile.name} from inside AWS at ${task.target}`);
  await runFiles.put(task.folder, profileFile, `${JSON.stringify(profile)}\n`);
  let mayHoldResults = false;
  try {
    throwIfInterrupted(request.signal);
    const arn = await loadTasks.run(task.request);
    mayHoldResults = true;
    say(`task ${arn} was started in ${task.request.cluster}`);
    const ended = await followTask(pipeline, { task, arn }, request);
    const files = { [logFile]: `${ended.lines.join('\n')}\n`, ...(await runFiles.read(task.folder)) };
    const folder = join(outDir, runId);
    writeFolderWhole(
      folder,
      Object.fromEntries(Object.entries(files).map(([name, content]) => [basename(name), content])),
    );
    mayHoldResults = false;
    return { task: ended, folder, record: recordOf(ended, { files, folder, request }) };
  } finally {
    await tidy(pipeline, task, { mayHoldResults, say });
  }
}

/**
 * Deletes the files of a run, unless they may hold what is not here; those expire. A task that started though ECS did not
 * say so finds no profile then, and ends at once.
 */
async function tidy(
  { cloud }: Pipeline,
  { folder }: LoadTask,
  { mayHoldResults, say }: { readonly mayHoldResults: boolean; readonly say: (line: string) => void },
): Promise<void> {
  const where = `s3://${folder.bucket}/${folder.folder}`;
  if (mayHoldResults) {
    say(`what the run left is in ${where} for a week`);
    return;
  }
  try {
    await cloud.runFiles.delete(folder);
  } catch (error) {
    // The run is over and judged: this changes nothing of it.
    const problem = awsProblem(error);
    say(
      `${where} could not be deleted, and expires in a week: ${problem instanceof Error ? problem.message : ''}`,
    );
  }
}

function recordOf(
  ended: EndedTask,
  {
    files,
    folder,
    request,
  }: {
    readonly files: Readonly<Record<string, string>>;
    readonly folder: string;
    readonly request: LoadRequest;
  },
): RunRecord | null {
  const text = files[recordFile];
  const problem = taskProblem(ended, {
    hasRecord: text !== undefined,
    folder,
    deadlineMs: request.deadlineMs,
  });
  if (problem !== null) throw problem;
  if (text === undefined) return null;
  try {
    return parseRunRecord(JSON.parse(text));
  } catch (error) {
    throw new PipelineError(
      'TL-PIPE-LOAD-RECORD',
      `${join(folder, recordFile)} cannot be read: ${messageOf(error)}. An image of another version writes another record: run deploy, then load again`,
      { cause: error },
    );
  }
}
