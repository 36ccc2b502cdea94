import {
  SessionStore,
  type StackContext,
  type StoreReferences,
  UploadsBucket,
  connectStack,
  declareOutputs,
  noStores,
} from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { NetworkStack } from './network-stack.ts';

export interface DataStackProps {
  readonly context: StackContext;
  readonly network: NetworkStack;
}

/** What the service keeps outside its tasks and instances, so that any of them may go at any time. */
export class DataStack extends TerraformStack {
  readonly stores: StoreReferences;

  constructor(scope: Construct, { context, network }: DataStackProps) {
    super(scope, 'data');
    connectStack(this, 'data', context);
    const { environment } = context;
    const { sessionStore: group } = network.groups;
    const sessions =
      group === null
        ? null
        : new SessionStore(this, 'sessions', {
            environment,
            subnetIds: network.network.privateSubnetIds,
            securityGroupId: group.id,
          }).sessions;
    const files = environment.files.store === 'none' ? null : new UploadsBucket(this, 'files', context).files;
    this.stores = { ...noStores, sessions, files };
    declareOutputs(this, 'data', {
      sessionStoreEndpoint: sessions?.address ?? null,
      sessionStoreSecretArn: sessions?.tokenSecretArn ?? null,
      sessionKeysSecretArn: sessions?.keysSecretArn ?? null,
      uploadsBucketName: files?.bucketName ?? null,
    });
  }
}
