import { type Environment, bucketNames, computeFacts, resourceNames } from '@tideline/config';
import { ecrImageRegistry, type ImageRegistry } from './image-registry.ts';
import { type Identity, stsIdentity } from './identity.ts';
import { autoScalingDirectory, groupScalingHistory, type InstanceDirectory } from './instance-directory.ts';
import { ecsLoadTasks, type LoadTasks } from './load-tasks.ts';
import { s3RunFiles, type RunFiles } from './run-files.ts';
import { cloudWatchTaskLog, type TaskLog } from './task-log.ts';
import { type ClientSettings, clientSettings } from './client-settings.ts';
import { type Balancers, elbBalancers } from './balancers.ts';
import { elbTargetGroups, type TargetGroups } from './target-groups.ts';
import { codeDeployReleases, type ReleaseDirectory } from './release-directory.ts';
import { applicationScalingHistory, mergedHistory, type ScalingHistory } from './scaling-history.ts';
import { ecsServiceDirectory, type ServiceDirectory } from './service-directory.ts';
import { awsStateLocks, type StateLocks } from './state-locks.ts';
import { s3StateStore, type StateStore } from './state-store.ts';
import { ec2ZoneDirectory, type ZoneDirectory } from './zone-directory.ts';
import { s3UploadedFiles, type UploadedFiles } from './uploaded-files.ts';

/** Everything that is asked of AWS, one small interface per service. */
export interface Cloud {
  readonly identity: Identity;
  readonly zones: ZoneDirectory;
  readonly services: ServiceDirectory;
  readonly instances: InstanceDirectory;
  readonly releases: ReleaseDirectory;
  readonly images: ImageRegistry;
  readonly state: StateStore;
  readonly locks: StateLocks;
  readonly scaling: ScalingHistory;
  readonly targets: TargetGroups;
  readonly balancers: Balancers;
  readonly files: UploadedFiles;
  readonly loadTasks: LoadTasks;
  readonly taskLog: TaskLog;
  readonly runFiles: RunFiles;
}

/** The environment’s cloud, by the AWS SDK. */
export function awsCloud(environment: Environment, accountId: string): Cloud {
  const settings = clientSettings(environment.region);
  const { cluster, service, autoScalingGroup, lockTable, ...names } = resourceNames(environment);
  const { codeDeployApplication: application, deploymentGroup: group } = names;
  const bucket = bucketNames(environment, accountId).state;
  return {
    identity: stsIdentity(settings),
    zones: ec2ZoneDirectory(settings),
    services: ecsServiceDirectory(settings, { cluster, service }),
    instances: autoScalingDirectory(settings, autoScalingGroup),
    releases: codeDeployReleases(settings, { application, group }),
    images: ecrImageRegistry(settings),
    state: s3StateStore(settings, bucket),
    locks: awsStateLocks(settings, { table: lockTable, bucket }),
    scaling: scalingHistory(environment, settings),
    targets: elbTargetGroups(settings),
    balancers: elbBalancers(settings),
    files: s3UploadedFiles(settings),
    loadTasks: ecsLoadTasks(settings),
    taskLog: cloudWatchTaskLog(environment.region),
    runFiles: s3RunFiles(settings),
  };
}

function scalingHistory(environment: Environment, settings: ClientSettings): ScalingHistory {
  const { scalableTarget, autoScalingGroup } = resourceNames(environment);
  const { fleet, hasInstances } = computeFacts(environment);
  return mergedHistory([
    ...(fleet === 'service' ? [applicationScalingHistory(settings, scalableTarget)] : []),
    ...(hasInstances ? [groupScalingHistory(settings, autoScalingGroup)] : []),
  ]);
}
