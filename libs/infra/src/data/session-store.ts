import { DataAwsSecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version/index.js';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group/index.js';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { sessionStorePort } from '../network/security-groups.ts';
import { GeneratedSecret } from './generated-secret.ts';
import { sessionEngines } from './session-engines.ts';
import type { StoreReferences } from './store-references.ts';

export interface SessionStoreProps {
  readonly environment: Environment;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
}

/** Redis OSS or Valkey for the sessions: a primary and its replicas, which take its place by themselves when it fails. */
export class SessionStore extends Construct {
  readonly sessions: NonNullable<StoreReferences['sessions']>;

  constructor(scope: Construct, id: string, { environment, subnetIds, securityGroupId }: SessionStoreProps) {
    super(scope, id);
    const names = resourceNames(environment);
    const { engine, nodeType, replicas, snapshotRetentionDays, snapshotWindow } = environment.sessions;
    const recoveryDays = environment.protection.secretRecoveryDays;
    const token = new GeneratedSecret(this, 'token', {
      name: names.sessionStoreSecret,
      description: `Token of the session store of ${names.prefix}`,
      recoveryDays,
    });
    const keys = new GeneratedSecret(this, 'keys', {
      name: names.sessionKeysSecret,
      description: `Keys that sign the session cookies of ${names.prefix}, by commas; the first one signs`,
      recoveryDays,
    });
    const subnets = new ElasticacheSubnetGroup(this, 'subnets', {
      name: names.sessionStore,
      description: `Private subnets of ${names.prefix}`,
      subnetIds,
    });
    const group = new ElasticacheReplicationGroup(this, 'group', {
      replicationGroupId: names.sessionStore,
      description: `Sessions of ${names.prefix}`,
      engine,
      ...sessionEngines[engine],
      nodeType,
      port: sessionStorePort,
      numCacheClusters: 1 + replicas,
      automaticFailoverEnabled: replicas > 0,
      multiAzEnabled: replicas > 0,
      subnetGroupName: subnets.name,
      securityGroupIds: [securityGroupId],
      atRestEncryptionEnabled: 'true',
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      // ElastiCache takes a token only as an argument that Terraform remembers, so it stands in the state, which is encrypted.
      authToken: this.#read(token),
      authTokenUpdateStrategy: 'ROTATE',
      autoMinorVersionUpgrade: 'true',
      applyImmediately: true,
      snapshotRetentionLimit: snapshotRetentionDays,
      ...(snapshotWindow === null ? {} : { snapshotWindow }),
    });
    this.sessions = {
      address: `${group.primaryEndpointAddress}:${sessionStorePort}`,
      tokenSecretArn: token.arn,
      keysSecretArn: keys.arn,
    };
  }

  #read({ arn, version }: GeneratedSecret): string {
    return new DataAwsSecretsmanagerSecretVersion(this, 'token-value', {
      secretId: arn,
      dependsOn: [version],
    }).secretString;
  }
}
