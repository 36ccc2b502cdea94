import { type ReleaseSettings, appContainerName, resourceNames } from '@tideline/config';
import { InterruptedError } from '@tideline/process';
import { testEvent } from '../aws/app-spec.ts';
import { outputsOf } from '../deployed/environment-state.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { Look } from '../poll.ts';
import { done, type Step, type StepContext, type StepOutcome } from '../steps/step.ts';
import type { Pipeline } from '../pipeline.ts';
import { requireNoOtherRelease } from './other-release.ts';
import { lastServiceEvents, pollRollout, wantedTaskDefinition } from './poll-rollout.ts';
import { type ReleaseProgress, releaseProgress, taskSetProgress } from './release-progress.ts';
import { describeRollback, followRollback } from './release-rollback.ts';
import { shortName } from '../deployed/running-service.ts';

const msPerMinute = 60_000;
/** CodeDeploy gives up on tasks that are not healthy by then, whatever the description says. */
const codeDeployPatienceMinutes = 60;

type BlueGreen = ReleaseSettings<'blue-green'>;
type Ended = Exclude<ReleaseProgress, { kind: 'under-way' }>;

/** Compares what the service runs with the task definition that is to run, and releases that by CodeDeploy where the two differ. */
export const releaseStep = (pipeline: Pipeline, release: BlueGreen): Step => ({
  id: 'steady',
  title: `compare the task definition with the running one; where they differ, release it by CodeDeploy (${release.shift.kind}) and follow it to its end, for ${pipeline.steadyDeadlineMs / 1000} s at most; verify the rollback if it fails`,
  run: async (context) => {
    const wanted = await wantedTaskDefinition(pipeline);
    const { releaseHookArn } = await outputsOf(pipeline, 'service');
    const underWay = await requireNoOtherRelease(pipeline, wanted);
    if (underWay !== null) {
      context.say(`release ${underWay} of ${shortName(wanted)} is under way already: it is taken up`);
      return conclude(pipeline, { id: underWay, wanted, before: null, release, context });
    }
    const { cloud, environment } = pipeline;
    const running = await steady(pipeline, context);
    if (await cloud.services.sameContent(running, wanted))
      return done(`runs ${shortName(running)}; nothing to release`);
    const id = await cloud.releases.start({
      taskDefinition: wanted,
      container: appContainerName,
      port: environment.container.port,
      hook: releaseHookArn,
    });
    context.say(`release ${id}: ${shortName(wanted)} in the place of ${shortName(running)}`);
    return conclude(pipeline, { id, wanted, before: running, release, context });
  },
});

interface FollowedRelease {
  readonly id: string;
  readonly wanted: string;
  /** What ran when it began; null when it was begun by another run. */
  readonly before: string | null;
  readonly release: BlueGreen;
  readonly context: StepContext;
}

/** Follows a release to its end; a user who interrupts learns that it continues. */
async function conclude(pipeline: Pipeline, followed: FollowedRelease): Promise<StepOutcome> {
  const { id, wanted, context } = followed;
  try {
    const ended = await follow(pipeline, followed);
    if (!ended.done)
      throw new PipelineError(
        'TL-PIPE-RELEASE',
        `release ${id} is not over after ${pipeline.steadyDeadlineMs / 1000} s: still waiting for ${ended.waitingFor}. It goes on at AWS: ${howToGoOn(id)}`,
      );
    if (ended.value.kind === 'failed') throw await failure(pipeline, followed, ended.value);
    return done(`runs ${shortName(wanted)}, by release ${id}`);
  } catch (error) {
    if (error instanceof InterruptedError)
      context.say(`release ${id} goes on at AWS, with or without the pipeline: ${howToGoOn(id)}`);
    throw error;
  }
}

function follow(pipeline: Pipeline, { id, release, context }: FollowedRelease): Promise<Look<Ended>> {
  const { cloud, clock } = pipeline;
  const startMs = clock.nowMs();
  let stopped = false;
  const look = async (): Promise<Look<Ended>> => {
    const progress = releaseProgress(await cloud.releases.get(id));
    if (progress.kind !== 'under-way') return { done: true, value: progress };
    const tooLate = clock.nowMs() - startMs > release.healthyWithinMinutes * msPerMinute;
    if (progress.phase === 'starting' && tooLate && !stopped && isShorterThanCodeDeploys(release)) {
      context.say(
        `the new tasks are not healthy after ${release.healthyWithinMinutes} minutes: release ${id} is stopped`,
      );
      await cloud.releases.stop(id);
      stopped = true;
    }
    return { done: false, waitingFor: progress.waitingFor };
  };
  return pollRollout(pipeline, context, look);
}

const isShorterThanCodeDeploys = ({ healthyWithinMinutes }: BlueGreen): boolean =>
  healthyWithinMinutes < codeDeployPatienceMinutes;

/** Task definition that has the traffic, once enough of its tasks run: nothing is released over a service that is not well. */
async function steady(pipeline: Pipeline, context: StepContext): Promise<string> {
  const look = async (): Promise<Look<string>> => {
    const service = await pipeline.cloud.services.find();
    if (service === null) return { done: false, waitingFor: 'the service to exist' };
    const progress = taskSetProgress(service);
    return progress.kind === 'steady'
      ? { done: true, value: service.taskDefinition }
      : { done: false, waitingFor: progress.waitingFor };
  };
  const ended = await pollRollout(pipeline, context, look);
  if (ended.done) return ended.value;
  throw new PipelineError(
    'TL-PIPE-ROLLOUT',
    `the service is not steady after ${pipeline.steadyDeadlineMs / 1000} s, and nothing was released: still waiting for ${ended.waitingFor}${await lastServiceEvents(pipeline)}`,
  );
}

/** A failed release with what became of its rollback, and what runs now. */
async function failure(
  pipeline: Pipeline,
  { id, before, context }: FollowedRelease,
  failed: Extract<Ended, { kind: 'failed' }>,
): Promise<PipelineError> {
  const rollback = await followRollback(pipeline, { id, failed, context });
  const service = await pipeline.cloud.services.find();
  const now = describeRollback(rollback, { before, runs: service?.taskDefinition ?? null });
  return new PipelineError(
    'TL-PIPE-RELEASE',
    `release ${id} failed (${failed.reason}); ${now}${whereToRead(pipeline, failed)}`,
  );
}

/** CodeDeploy knows of a function that it failed, and not why; the function says so in its log. */
function whereToRead({ environment }: Pipeline, { event }: Extract<Ended, { kind: 'failed' }>): string {
  if (event !== testEvent) return '';
  const { releaseHookLogGroup } = resourceNames(environment);
  return `. The new version did not pass its test traffic. Read which answer failed it: aws logs tail ${releaseHookLogGroup} --since 2h`;
}

const howToGoOn = (id: string): string =>
  `see it with status, or run deploy again, which takes it up; stop it and roll it back with aws deploy stop-deployment --deployment-id ${id} --auto-rollback-enabled`;
