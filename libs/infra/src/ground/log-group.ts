import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import type { Environment } from '@tideline/config';
import type { Construct } from 'constructs';
import { LogKey } from './customer-key.ts';

/** A log group that keeps its contents for as many days as the description says, under the environment’s key where it has one. */
export function createLogGroup(
  scope: Construct,
  id: string,
  {
    environment: { observability },
    name,
  }: { readonly environment: Pick<Environment, 'observability'>; readonly name: string },
): CloudwatchLogGroup {
  const key = LogKey.of(scope);
  return new CloudwatchLogGroup(scope, id, {
    name,
    retentionInDays: observability.logRetentionDays,
    ...(key === null ? {} : { kmsKeyId: key.arn }),
  });
}
