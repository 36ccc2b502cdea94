import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { type Environment, globalRegion } from '@tideline/config';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { LogKey } from './customer-key.ts';

/**
 * A log group that keeps its contents for as many days as the description says, under the environment’s key where it has one.
 * In another Region a key of AWS encrypts: keys of KMS stay in theirs.
 */
export function createLogGroup(
  scope: Construct,
  id: string,
  {
    environment: { observability, region },
    name,
    provider,
  }: {
    readonly environment: Pick<Environment, 'observability' | 'region'>;
    readonly name: string;
    /** Of `globalRegion`. @default the stack’s own */
    readonly provider?: TerraformProvider | undefined;
  },
): CloudwatchLogGroup {
  const key = provider === undefined || region === globalRegion ? LogKey.of(scope) : null;
  return new CloudwatchLogGroup(scope, id, {
    name,
    retentionInDays: observability.logRetentionDays,
    ...(key === null ? {} : { kmsKeyId: key.arn }),
    ...(provider === undefined ? {} : { provider }),
  });
}
