import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { resourceNames } from '@tideline/config';
import {
  AlarmSet,
  AlarmTopic,
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
    const { identity, graphs } = service.backend;
    const topic = new AlarmTopic(this, 'topic', context);
    const topicArn = topic.arn;
    const alarms = new AlarmSet(this, 'alarms', { environment, identity, topicArn });
    const dashboard = new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: resourceNames(environment).dashboard,
      // Terraform writes the JSON: the alarms of target tracking are a list whose length only AWS knows.
      dashboardBody: Fn.jsonencode(
        dashboardBody({
          environment,
          identity,
          capacityGraphs: graphs,
          scalingAlarmArns: autoscaling.scaling.alarmArns,
          alarmArns: alarms.arns,
        }),
      ),
    });
    declareOutputs(this, 'observability', {
      topicArn,
      dashboardName: dashboard.dashboardName,
    });
  }
}
