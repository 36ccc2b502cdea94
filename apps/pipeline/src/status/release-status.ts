import { type StackOutputs, codeDeployRelease } from '@tideline/config';
import type { TrafficShare } from '../aws/release-directory.ts';
import type { Pipeline } from '../pipeline.ts';
import { type ReleaseProgress, releaseProgress } from '../rollout/release-progress.ts';

/** Blue/green releases as they are now. */
export interface ReleaseStatus {
  /** Which of the service’s two target groups has the traffic; `both` in the middle of a shift. */
  readonly live: 'blue' | 'green' | 'both' | 'unknown';
  readonly liveTargetGroupArn: string | null;
  /** The release that is under way, else the last one; null where none was ever made. */
  readonly latest: {
    readonly id: string;
    /** As CodeDeploy names it. */
    readonly status: string;
    readonly taskDefinition: string | null;
    readonly startedAt: string;
    readonly progress: string;
    readonly traffic: readonly TrafficShare[];
  } | null;
}

/** Null where CodeDeploy makes no releases. */
export async function releaseStatus(
  pipeline: Pipeline,
  { listenerArn, targetGroupArn, greenTargetGroupArn }: StackOutputs['service'],
): Promise<ReleaseStatus | null> {
  const { cloud, environment } = pipeline;
  if (codeDeployRelease(environment) === null || listenerArn === null) return null;
  const groups = await cloud.targets.live(listenerArn);
  return {
    live: colourOf(groups, { blue: targetGroupArn, green: greenTargetGroupArn }),
    liveTargetGroupArn: groups[0] ?? null,
    latest: await latestRelease(pipeline),
  };
}

function colourOf(
  groups: readonly string[],
  colours: { readonly blue: string; readonly green: string | null },
): ReleaseStatus['live'] {
  if (groups.length > 1) return 'both';
  if (groups[0] === colours.blue) return 'blue';
  return groups[0] === colours.green ? 'green' : 'unknown';
}

async function latestRelease({ cloud }: Pipeline): Promise<ReleaseStatus['latest']> {
  const id = await cloud.releases.latest();
  if (id === null) return null;
  const release = await cloud.releases.get(id);
  const { status, taskDefinition, startedAt, traffic } = release;
  return { id, status, taskDefinition, startedAt, traffic, progress: inWords(releaseProgress(release)) };
}

function inWords(progress: ReleaseProgress): string {
  switch (progress.kind) {
    case 'under-way':
      return progress.waitingFor;
    case 'released':
      return 'released';
    case 'failed':
      return `failed (${progress.reason})`;
  }
}
