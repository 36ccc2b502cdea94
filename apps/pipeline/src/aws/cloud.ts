import { bucketNames, resourceNames, type Environment } from '@tideline/config';
import { ecrImageRegistry, type ImageRegistry } from './image-registry.ts';
import { type Identity, stsIdentity } from './identity.ts';
import { applicationScalingHistory, type ScalingHistory } from './scaling-history.ts';
import { ecsServiceDirectory, type ServiceDirectory } from './service-directory.ts';
import { dynamoStateLocks, type StateLocks } from './state-locks.ts';
import { s3StateStore, type StateStore } from './state-store.ts';
import { elbTargetHealth, type TargetHealth } from './target-health.ts';

/** Everything that is asked of AWS, one small interface per service. */
export interface Cloud {
  readonly identity: Identity;
  readonly services: ServiceDirectory;
  readonly images: ImageRegistry;
  readonly state: StateStore;
  readonly locks: StateLocks;
  readonly scaling: ScalingHistory;
  readonly targets: TargetHealth;
}

/** The environment’s cloud, by the AWS SDK. */
export function awsCloud(environment: Environment, accountId: string): Cloud {
  const settings = { region: environment.region };
  const { cluster, service, scalableTarget, lockTable } = resourceNames(environment);
  const bucket = bucketNames(environment, accountId).state;
  return {
    identity: stsIdentity(settings),
    services: ecsServiceDirectory(settings, { cluster, service }),
    images: ecrImageRegistry(settings),
    state: s3StateStore(settings, bucket),
    locks: dynamoStateLocks(settings, { table: lockTable, bucket }),
    scaling: applicationScalingHistory(settings, scalableTarget),
    targets: elbTargetHealth(settings),
  };
}
