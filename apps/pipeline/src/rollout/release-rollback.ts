import { type Look, poll } from '../poll.ts';
import type { StepContext } from '../steps/step.ts';
import type { Pipeline } from '../pipeline.ts';
import { pollRollout } from './poll-rollout.ts';
import { type ReleaseProgress, releaseProgress } from './release-progress.ts';
import { shortName } from '../deployed/running-service.ts';

const intervalMs = 5_000;
/** CodeDeploy may make the rollback a little after the release has ended. */
const appearanceMs = 60_000;

/** What became of a failed release’s rollback; `target` is the task definition that it brings back, null where that is not known. */
export type Rollback =
  | { readonly kind: 'over'; readonly id: string; readonly target: string | null }
  | {
      readonly kind: 'failed';
      readonly id: string;
      readonly target: string | null;
      readonly reason: string;
    }
  | {
      readonly kind: 'not-over';
      readonly id: string;
      readonly waitedSeconds: number;
      readonly waitingFor: string;
    }
  | { readonly kind: 'none'; readonly waitedSeconds: number };

type FailedRelease = Extract<ReleaseProgress, { readonly kind: 'failed' }>;

export interface RollbackToFollow {
  /** The release that failed. */
  readonly id: string;
  readonly failed: FailedRelease;
  readonly context: StepContext;
}

/** Waits a while for the rollback to appear, then for its end. @throws InterruptedError */
export async function followRollback(pipeline: Pipeline, followed: RollbackToFollow): Promise<Rollback> {
  const id = followed.failed.rollbackId ?? (await rollbackId(pipeline, followed));
  if (id === null) return { kind: 'none', waitedSeconds: appearanceMs / 1000 };
  followed.context.say(`release ${followed.id} failed (${followed.failed.reason}); ${id} takes it back`);
  return rollbackEnd(pipeline, id, followed.context);
}

/** Null when none appears. */
async function rollbackId(
  { cloud, clock }: Pipeline,
  { id, context }: RollbackToFollow,
): Promise<string | null> {
  const look = async (): Promise<Look<string>> => {
    const { rollbackId: found } = await cloud.releases.get(id);
    return found === null
      ? { done: false, waitingFor: `the rollback of release ${id} to appear` }
      : { done: true, value: found };
  };
  const ended = await poll(look, { intervalMs, deadlineMs: appearanceMs, clock, context });
  return ended.done ? ended.value : null;
}

async function rollbackEnd(pipeline: Pipeline, id: string, context: StepContext): Promise<Rollback> {
  const look = async (): Promise<Look<Rollback>> => {
    const release = await pipeline.cloud.releases.get(id);
    const target = release.taskDefinition;
    const progress = releaseProgress(release);
    switch (progress.kind) {
      case 'under-way':
        return { done: false, waitingFor: progress.waitingFor };
      case 'released':
        return { done: true, value: { kind: 'over', id, target } };
      case 'failed':
        return { done: true, value: { kind: 'failed', id, target, reason: progress.reason } };
    }
  };
  const ended = await pollRollout(pipeline, context, look);
  if (ended.done) return ended.value;
  const { waitingFor } = ended;
  return { kind: 'not-over', id, waitedSeconds: pipeline.steadyDeadlineMs / 1000, waitingFor };
}

export interface ServiceAfterwards {
  /** Task definition that ran before the release; null where that is not known. */
  readonly before: string | null;
  /** The one that runs now; null where there is no service. */
  readonly runs: string | null;
}

const seeStatus = 'See status before anything else';
const correct = 'Correct the change, then deploy again';

/** In the user’s words: how the rollback ended, what runs, and what to do. */
export function describeRollback(rollback: Rollback, { before, runs }: ServiceAfterwards): string {
  const now = runs === null ? 'there is no service' : `the service runs ${shortName(runs)}`;
  switch (rollback.kind) {
    case 'none':
      return `nothing took it back within ${rollback.waitedSeconds} s, and ${now}. ${seeStatus}. ${correct}`;
    case 'not-over':
      return `its rollback ${rollback.id} is not over after ${rollback.waitedSeconds} s: still waiting for ${rollback.waitingFor}; for now ${now}. It goes on at AWS: see its end with status. ${correct}`;
    case 'failed':
      return `its rollback ${rollback.id} failed too (${rollback.reason}), and ${now}${comparison(runs, before ?? rollback.target)}. ${seeStatus}. ${correct}`;
    case 'over': {
      const wanted = before ?? rollback.target;
      const isBack = runs !== null && runs === wanted;
      return `it was rolled back by ${rollback.id}, and ${now}${comparison(runs, wanted)}. ${isBack ? '' : `${seeStatus}. `}${correct}`;
    }
  }
}

function comparison(runs: string | null, before: string | null): string {
  if (before === null) return '';
  return runs === before ? ' as before' : `, where ${shortName(before)} ran before`;
}
