import type { TaskState } from '../aws/load-tasks.ts';
import { shortName } from '../deployed/running-service.ts';
import type { Pipeline } from '../pipeline.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { LoadTask } from './load-task.ts';
import { LogTail } from './log-tail.ts';

/** Why the pipeline stopped a task. */
type StopCause = 'interrupted' | 'late' | 'not-started';

/** How a task ended. */
export interface EndedTask extends TaskState {
  readonly arn: string;
  /** It was seen running. */
  readonly hasRun: boolean;
  /** Null where the task ended by itself. */
  readonly stoppedFor: StopCause | null;
  /** What it wrote, as far as CloudWatch Logs had it. */
  readonly lines: readonly string[];
}

export interface FollowOptions {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Longest time from the start to the end of the task. */
  readonly deadlineMs: number;
}

const intervalMs = 2_000;
/** Fargate takes a minute or two: network interface, pull, start. */
const startDeadlineMs = 600_000;
/** The container’s stop timeout, and what ECS takes around it. */
const stopDeadlineMs = 240_000;
/** AWS may not answer for a while; longer, and the task is given up on. */
const longestBlindMs = 120_000;

const never = new AbortController().signal;

const reasons: Readonly<Record<StopCause, string>> = {
  interrupted: 'the user asked the pipeline to stop',
  late: 'the run took longer than its deadline',
  'not-started': 'the task did not start in time',
};

/**
 * Follows a started task until it has stopped, and passes on its status and its log. A wish to stop, and a deadline, stop the
 * task; its end is then awaited.
 * @throws PipelineError TL-PIPE-LOAD-TIME when it does not end though it was stopped, and AWS’s error when AWS stays away
 */
export async function followTask(
  pipeline: Pipeline,
  { task, arn }: { readonly task: LoadTask; readonly arn: string },
  { signal, say, deadlineMs }: FollowOptions,
): Promise<EndedTask> {
  const { cloud, clock } = pipeline;
  const { cluster } = task.request;
  const tail = new LogTail(cloud.taskLog, { group: task.logGroup, taskArn: arn, say });
  const startMs = clock.nowMs();
  let stop: { readonly cause: StopCause; readonly atMs: number } | null = null;
  let seenMs = startMs;
  let status = '';
  let hasRun = false;
  for (;;) {
    try {
      const state = await cloud.loadTasks.describe(cluster, arn);
      const isOver = state?.lastStatus === 'STOPPED';
      // What a task wrote comes before its end.
      if (isOver) await tail.drain(clock);
      if (state !== null && state.lastStatus !== status) {
        status = state.lastStatus;
        say(`task ${shortName(arn)}: ${status}`);
      }
      hasRun ||= status === 'RUNNING';
      if (isOver) return { ...state, arn, hasRun, stoppedFor: stop?.cause ?? null, lines: tail.lines };
      await tail.next();
      seenMs = clock.nowMs();
    } catch (error) {
      if (clock.nowMs() - seenMs > longestBlindMs) throw await lost(pipeline, { cluster, arn, error });
    }
    const nowMs = clock.nowMs();
    if (stop === null) {
      const cause = stopCause({ signal, hasRun, elapsedMs: nowMs - startMs, deadlineMs });
      if (cause !== null) {
        say(`stopping task ${shortName(arn)}: ${reasons[cause]}`);
        await cloud.loadTasks.stop(cluster, arn, reasons[cause]);
        stop = { cause, atMs: nowMs };
      }
    } else if (nowMs - stop.atMs > stopDeadlineMs)
      throw new PipelineError(
        'TL-PIPE-LOAD-TIME',
        `task ${arn} has not ended ${stopDeadlineMs / 1000} s after it was stopped. See it in the ECS console; it costs money while it runs`,
      );
    // A wish to stop ends the wait, and is seen in the next round.
    await clock.wait(intervalMs, stop === null ? signal : never).catch(() => undefined);
  }
}

function stopCause(seen: {
  readonly signal: AbortSignal;
  readonly hasRun: boolean;
  readonly elapsedMs: number;
  readonly deadlineMs: number;
}): StopCause | null {
  if (seen.signal.aborted) return 'interrupted';
  if (seen.elapsedMs > seen.deadlineMs) return 'late';
  return !seen.hasRun && seen.elapsedMs > startDeadlineMs ? 'not-started' : null;
}

/** Tries to stop what can no longer be followed. @returns what to throw */
async function lost(
  { cloud }: Pipeline,
  { cluster, arn, error }: { readonly cluster: string; readonly arn: string; readonly error: unknown },
): Promise<unknown> {
  try {
    await cloud.loadTasks.stop(cluster, arn, 'the pipeline could not follow the task any more');
    return error;
  } catch {
    return new PipelineError(
      'TL-PIPE-LOAD-TIME',
      `AWS has not answered for ${longestBlindMs / 1000} s, and task ${arn} may still run. Stop it once AWS answers: aws ecs stop-task --cluster ${cluster} --task ${arn}`,
      { cause: error },
    );
  }
}
