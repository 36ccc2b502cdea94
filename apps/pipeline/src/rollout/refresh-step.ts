import type { Compute } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { Look } from '../poll.ts';
import { done, type Step, type StepContext } from '../steps/step.ts';
import { outputsOf } from '../deployed/environment-state.ts';
import type { Pipeline } from '../pipeline.ts';
import { pollRollout } from './poll-rollout.ts';
import { type RefreshProgress, refreshProgress } from './refresh-progress.ts';

type Ended = Exclude<RefreshProgress, { kind: 'under-way' | 'to-start' }>;

type Preferences = Compute<'ec2-asg'>['instanceRefresh'];

/**
 * Brings the latest launch template into the group by an instance refresh and follows it to its end, or waits for a group
 * that runs it already. AWS rolls a failed refresh back to what the group launched before.
 */
export const refreshStep = (pipeline: Pipeline, preferences: Preferences): Step => ({
  id: 'steady',
  title: `replace instances of an older launch template by an instance refresh, and wait until the group is steady, for ${pipeline.steadyDeadlineMs / 1000} s at most; verify the rollback if it fails`,
  run: async (context) => {
    const { launchTemplate } = await outputsOf(pipeline, 'service');
    if (launchTemplate === null)
      throw new PipelineError(
        'TL-PIPE-ORDER',
        'stack service was deployed for tasks, and the description asks for instances. Run step service first',
      );
    const { ended, refreshed } = await follow(pipeline, preferences, { launchTemplate, context });
    if (ended.done && ended.value.kind === 'steady')
      return done(
        `runs ${launchTemplate}${refreshed ? ', by an instance refresh' : '; no instance was of another'}`,
      );
    throw new PipelineError('TL-PIPE-ROLLOUT', await explain(pipeline, preferences, ended));
  },
});

async function follow(
  pipeline: Pipeline,
  preferences: Preferences,
  { launchTemplate, context }: { readonly launchTemplate: string; readonly context: StepContext },
) {
  const { instances } = pipeline.cloud;
  const followed: { started: string | null } = { started: null };
  const look = async (): Promise<Look<Ended>> => {
    const group = await instances.find();
    if (group === null) return { done: false, waitingFor: 'the group to exist' };
    const progress = refreshProgress(group, await instances.latestRefresh(), {
      launchTemplate,
      started: followed.started,
      ignoresProtected: preferences.scaleInProtectedInstances === 'Ignore',
    });
    switch (progress.kind) {
      case 'to-start':
        followed.started = await instances.startRefresh({ launchTemplate, ...preferences });
        return { done: false, waitingFor: `the instance refresh ${followed.started} to begin` };
      case 'under-way':
        return { done: false, waitingFor: progress.waitingFor };
      case 'failed':
        if (preferences.autoRollback && progress.rollback === 'awaited')
          return { done: false, waitingFor: `the rollback; the refresh failed: ${progress.reason}` };
        return { done: true, value: progress };
      case 'steady':
        return { done: true, value: progress };
    }
  };
  const ended = await pollRollout(pipeline, context, look);
  return { ended, refreshed: followed.started !== null };
}

async function explain(
  { cloud, steadyDeadlineMs }: Pipeline,
  { autoRollback }: Preferences,
  ended: Look<Ended>,
): Promise<string> {
  const activities = (await cloud.scaling.latest(3)).map(({ description }) => `\n  ${description}`).join('');
  const last = activities === '' ? '' : `\nLast activities of the group:${activities}`;
  if (ended.done && ended.value.kind === 'failed') {
    const { reason, rollback } = ended.value;
    const group = await cloud.instances.find();
    const now =
      rollback === 'done'
        ? `the group is back on ${group?.launchTemplate ?? ''}`
        : 'it was not rolled back (compute.instanceRefresh.autoRollback, or the rollback failed or was cancelled), so instances of both versions may run';
    return `the instance refresh failed (${reason}); ${now}. Correct the change, then deploy again${last}`;
  }
  const waitingFor = ended.done ? '' : ended.waitingFor;
  const next = autoRollback ? ' AWS rolls the refresh back on its own when it fails' : '';
  return `the group is not steady after ${steadyDeadlineMs / 1000} s: still waiting for ${waitingFor}.${next}${last}`;
}
