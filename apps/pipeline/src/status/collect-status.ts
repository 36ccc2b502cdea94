import {
  type StackId,
  type StateLock,
  capacityFacts,
  codeDeployRelease,
  computeFacts,
  environmentStackIds,
  resourceNames,
  stateKey,
} from '@tideline/config';
import type { HeldLock } from '../aws/state-locks.ts';
import type { ScalingActivity } from '../aws/scaling-history.ts';
import type { InstanceState } from '../aws/instance-directory.ts';
import type { TargetCounts } from '../aws/target-groups.ts';
import { type DeployRecord, deployRecord, findOutputs, stackState } from '../deployed/environment-state.ts';
import { recordedStateLock } from '../deployed/recorded-state-lock.ts';
import type { Pipeline } from '../pipeline.ts';
import { type RefreshProgress, refreshProgress } from '../rollout/refresh-progress.ts';
import { type ReleaseStatus, releaseStatus } from './release-status.ts';
import { type TaskSetProgress, taskSetProgress } from '../rollout/release-progress.ts';
import { type RolloutProgress, rolloutProgress } from '../rollout/rollout-progress.ts';
import { runningService } from '../deployed/running-service.ts';

/** What exists, what runs, and how it is: the document that `status --json` prints. */
export interface EnvironmentStatus {
  readonly environment: string;
  readonly preset: string;
  readonly accountId: string;
  readonly region: string;
  readonly stacks: readonly StackStatus[];
  readonly service: ServiceStatus | null;
  /** Blue/green releases; null where ECS or an instance refresh makes the rollouts. */
  readonly release: ReleaseStatus | null;
  readonly url: string | null;
  readonly lastDeploy: Pick<DeployRecord, 'commit' | 'deployedAt' | 'preset'> | null;
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
  /** One by one, where the service or its tasks run on instances; else none. */
  readonly instances: readonly InstanceState[];
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
    return {
      ...head,
      stacks: [],
      service: null,
      release: null,
      url: null,
      lastDeploy: null,
      scalingActivities: [],
    };
  const outputs = await findOutputs(pipeline, 'service');
  const ingress = await findOutputs(pipeline, 'ingress');
  const release = outputs === null ? null : await releaseStatus(pipeline, outputs);
  const lock = (await recordedStateLock(pipeline)) ?? environment.state.lock;
  const scales = ((await stackState(pipeline, 'autoscaling'))?.resources ?? 0) > 0;
  return {
    ...head,
    stacks: await Promise.all(
      environmentStackIds(environment).map((stack) => stackStatus(pipeline, stack, lock)),
    ),
    // The first target group may be the idle one.
    service: await serviceStatus(pipeline, release?.liveTargetGroupArn ?? outputs?.targetGroupArn ?? null),
    release,
    url: ingress?.url ?? outputs?.url ?? null,
    lastDeploy: await deployRecord(pipeline),
    scalingActivities: scales ? await cloud.scaling.latest(activitiesShown) : [],
  };
}

async function stackStatus(pipeline: Pipeline, stack: StackId, kind: StateLock): Promise<StackStatus> {
  const state = await stackState(pipeline, stack);
  const lock = await pipeline.cloud.locks.holder(stateKey(pipeline.environment, stack), kind);
  return { stack, resources: state?.resources ?? 0, lock };
}

async function serviceStatus(
  pipeline: Pipeline,
  targetGroupArn: string | null,
): Promise<ServiceStatus | null> {
  const { cloud, environment } = pipeline;
  const service = await runningService(pipeline);
  if (service === null) return null;
  const { desired, running, pending } = service;
  return {
    name: resourceNames(environment).service,
    desired,
    running,
    pending,
    ...(await rolloutStatus(pipeline)),
    image: await service.image(),
    targets: targetGroupArn === null ? {} : await cloud.targets.counts(targetGroupArn),
  };
}

/** How far the latest rollout is: of ECS, or of an instance refresh, with the instances one by one. */
async function rolloutStatus({
  cloud,
  environment,
}: Pipeline): Promise<Pick<ServiceStatus, 'rollout' | 'instances' | 'events'>> {
  const progressOf = (progress: RolloutProgress | RefreshProgress | TaskSetProgress) =>
    progress.kind === 'under-way' ? `waiting for ${progress.waitingFor}` : progress.kind;
  const { fleet, hasInstances } = computeFacts(environment);
  if (fleet === 'group') {
    const group = await cloud.instances.find();
    if (group === null) return { rollout: 'none', instances: [], events: [] };
    const { launchTemplate, instances } = group;
    const refresh = await cloud.instances.latestRefresh();
    const { instanceRefresh } = capacityFacts(environment);
    const progress = refreshProgress(group, refresh, {
      launchTemplate,
      started: refresh?.id ?? null,
      ignoresProtected: instanceRefresh?.scaleInProtectedInstances === 'Ignore',
    });
    return { rollout: progressOf(progress), instances, events: [] };
  }
  const service = await cloud.services.find();
  if (service === null) return { rollout: 'none', instances: [], events: [] };
  const rollout = progressOf(
    codeDeployRelease(environment) === null
      ? rolloutProgress(service, service.taskDefinition)
      : taskSetProgress(service),
  );
  const hosts = hasInstances ? await cloud.instances.find() : null;
  return { rollout, instances: hosts?.instances ?? [], events: service.events };
}
