import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import type { Construct } from 'constructs';

/** A log group that does not keep its contents for ever. */
export const createLogGroup = (
  scope: Construct,
  id: string,
  { name, retentionDays }: { readonly name: string; readonly retentionDays: number },
): CloudwatchLogGroup => new CloudwatchLogGroup(scope, id, { name, retentionInDays: retentionDays });
