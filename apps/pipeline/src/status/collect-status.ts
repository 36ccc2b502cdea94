import { type StackId, resourceNames, stackIds, stateKey } from '@tideline/config';
import type { HeldLock } from '../aws/state-locks.ts';
import type { ScalingActivity } from '../aws/scaling-history.ts';
import type { TargetCounts } from '../aws/target-health.ts';
import { deployRecord, findOutputs, stackState } from '../plans/environment-state.ts';
import type { Pipeline } from '../plans/pipeline.ts';
import { rolloutProgress } from '../plans/rollout-progress.ts';

/** What exists, what runs, and how it is: the document that `status --json` prints. */
export interface EnvironmentStatus {
  readonly environment: string;
  readonly preset: string;
  readonly accountId: string;
  readonly region: string;
  readonly stacks: readonly StackStatus[];
  readonly service: ServiceStatus | null;
  readonly url: string | null;
  readonly lastDeploy: { readonly commit: string | null; readonly deployedAt: string } | null;
  /** Latest first. */
  readonly scalingActivities: readonly ScalingActivity[];
}

export interface StackStatus {
  readonly stack: StackId;
  readonly resources: number;
  readonly lock: HeldLock | null;
}

export interface ServiceStatus {
  readonly name: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly rollout: string;
  readonly image: string | null;
  readonly targets: TargetCounts;
  /** Latest first. */
  readonly events: readonly string[];
}

const activitiesShown = 5;

/** Reads only. Asks nothing of what does not exist. */
export async function collectStatus(pipeline: Pipeline): Promise<EnvironmentStatus> {
  const { environment, accountId, cloud } = pipeline;
  const { prefix } = resourceNames(environment);
  const head = { environment: prefix, preset: environment.preset, accountId, region: environment.region };
  if (!(await cloud.state.exists()))
    return { ...head, stacks: [], service: null, url: null, lastDeploy: null, scalingActivities: [] };
  const outputs = await findOutputs(pipeline, 'service');
  const scales = ((await stackState(pipeline, 'autoscaling'))?.resources ?? 0) > 0;
  return {
    ...head,
    stacks: await Promise.all(stackIds.map((stack) => stackStatus(pipeline, stack))),
    service: await serviceStatus(pipeline, outputs?.targetGroupArn ?? null),
    url: outputs?.url ?? null,
    lastDeploy: await deployRecord(pipeline),
    scalingActivities: scales ? await cloud.scaling.latest(activitiesShown) : [],
  };
}

async function stackStatus(pipeline: Pipeline, stack: StackId): Promise<StackStatus> {
  const state = await stackState(pipeline, stack);
  const lock = await pipeline.cloud.locks.holder(stateKey(pipeline.environment, stack));
  return { stack, resources: state?.resources ?? 0, lock };
}

async function serviceStatus(
  { cloud, environment }: Pipeline,
  targetGroupArn: string | null,
): Promise<ServiceStatus | null> {
  const service = await cloud.services.find();
  if (service === null) return null;
  const { desired, running, pending, events, taskDefinition } = service;
  const progress = rolloutProgress(service, taskDefinition);
  return {
    name: resourceNames(environment).service,
    desired,
    running,
    pending,
    rollout: progress.kind === 'under-way' ? `waiting for ${progress.waitingFor}` : progress.kind,
    image: await cloud.services.image(taskDefinition, 'api'),
    targets: targetGroupArn === null ? {} : await cloud.targets.counts(targetGroupArn),
    events,
  };
}
