import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import type { Environment } from '@tideline/config';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';

/** A log group that keeps its contents for as many days as the description says. */
export const createLogGroup = (
  scope: Construct,
  id: string,
  {
    environment: { observability },
    name,
    provider,
  }: {
    readonly environment: Pick<Environment, 'observability'>;
    readonly name: string;
    /** Of another Region. @default the stack’s own */
    readonly provider?: TerraformProvider | undefined;
  },
): CloudwatchLogGroup =>
  new CloudwatchLogGroup(scope, id, {
    name,
    retentionInDays: observability.logRetentionDays,
    ...(provider === undefined ? {} : { provider }),
  });
