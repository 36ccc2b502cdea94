import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { resourceNames } from '@tideline/config';
import {
  AlarmTopic,
  ServiceAlarms,
  type StackContext,
  connectStack,
  dashboardBody,
  declareOutputs,
} from '@tideline/infra';
import { Fn, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { AutoscalingStack } from './autoscaling-stack.ts';
import type { ServiceStack } from './service-stack.ts';

export interface ObservabilityStackProps {
  readonly context: StackContext;
  readonly service: ServiceStack;
  readonly autoscaling: AutoscalingStack;
}

/** What is looked at, and what calls for attention. */
export class ObservabilityStack extends TerraformStack {
  constructor(scope: Construct, { context, service, autoscaling }: ObservabilityStackProps) {
    super(scope, 'observability');
    connectStack(this, 'observability', context);
    const { environment } = context;
    const { identity } = service;
    const { trackingPolicies, stepAlarms } = autoscaling.scaling;
    const topic = new AlarmTopic(this, 'topic', context);
    const alarms = new ServiceAlarms(this, 'alarms', { environment, identity, topicArn: topic.arn });
    const dashboard = new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: resourceNames(environment).dashboard,
      // Terraform writes the JSON: the alarms of target tracking are a list whose length only AWS knows.
      dashboardBody: Fn.jsonencode(
        dashboardBody({
          environment,
          identity,
          scalingAlarmArns: Fn.concat([
            ...trackingPolicies.map(({ alarmArns }) => alarmArns),
            stepAlarms.map(({ arn }) => arn),
          ]),
          alarmArns: alarms.arns,
        }),
      ),
    });
    declareOutputs(this, 'observability', {
      topicArn: topic.arn,
      dashboardName: dashboard.dashboardName,
    });
  }
}
