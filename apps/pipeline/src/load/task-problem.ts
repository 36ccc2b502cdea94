import { PipelineError } from '../pipeline-error.ts';
import type { EndedTask } from './follow-task.ts';

/** What a task that has stopped leaves to be judged by. */
export interface TaskTraces {
  readonly hasRecord: boolean;
  /** Where its log is. */
  readonly folder: string;
  readonly deadlineMs: number;
}

/** 128 + SIGKILL: what a container that runs out of memory ends with, whether ECS says so or not. */
const killedExitCode = 137;
/** The load runner’s own code for what it was asked to do. */
const usageExitCode = 2;

/** Why a stopped task has no run to be judged; null when it has one, or the user wanted none. */
export function taskProblem(ended: EndedTask, traces: TaskTraces): PipelineError | null {
  const { folder, hasRecord, deadlineMs } = traces;
  if (ended.stoppedFor === 'interrupted') return null;
  if (ended.stoppedFor === 'late')
    return new PipelineError(
      'TL-PIPE-LOAD-TIME',
      `the run took longer than ${deadlineMs / 1000} s, and was stopped; what it has come to is in ${folder}. Give it more time with --deadline, or drive a shorter profile`,
    );
  if (hasRecord) return null;
  if (ended.stopCode === 'TaskFailedToStart' || !(ended.hasRun || ended.exitCode !== null))
    return new PipelineError(
      'TL-PIPE-LOAD-START',
      `the task did not start: ${awsReason(ended)}. ${startRemedy(ended)}`,
    );
  return new PipelineError(
    'TL-PIPE-LOAD-DIED',
    `the task ended without a record: ${awsReason(ended)}. Its log is in ${folder}. ${deathRemedy(ended)}`,
  );
}

/** All that AWS says of a task’s end. */
function awsReason({ stopCode, stoppedReason, containerReason, exitCode }: EndedTask): string {
  const said = [
    stopCode,
    stoppedReason,
    containerReason,
    exitCode === null ? null : `exit code ${exitCode}`,
  ].filter((part) => part !== null && part !== '');
  return said.length === 0 ? 'AWS gives no reason' : said.join(', ');
}

function startRemedy(ended: EndedTask): string {
  const reason = awsReason(ended);
  if (reason.includes('CannotPullContainer'))
    return 'Run deploy, which pushes the image where it is missing, then load again';
  if (reason.includes('ResourceInitializationError'))
    return 'ECS could not reach what the task needs (registry, logs): see the routes of the public subnets, then load again';
  if (/capacity|RESOURCE/i.test(reason))
    return 'Fargate has no capacity in these zones at the moment: try again later';
  return 'Correct what AWS names, then load again';
}

function deathRemedy(ended: EndedTask): string {
  if (ended.exitCode === killedExitCode || awsReason(ended).includes('OutOfMemory'))
    return 'Where it ran out of memory, raise loadRunner.memoryMiB and deploy';
  if (ended.exitCode === usageExitCode) return 'The load runner refused the run: its last line says why';
  return 'See the last lines of the log, then load again';
}
