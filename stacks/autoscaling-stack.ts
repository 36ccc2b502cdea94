import type { Environment } from '@tideline/config';
import {
  type CapacityIdentity,
  GroupScaling,
  ServiceScaling,
  type StackContext,
  connectStack,
  declareOutputs,
  isGroup,
} from '@tideline/infra';
import { Fn, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { ServiceStack } from './service-stack.ts';

export interface AutoscalingStackProps {
  readonly context: StackContext;
  readonly service: ServiceStack;
}

/** The policies that move the count of tasks or instances between its bounds. */
export class AutoscalingStack extends TerraformStack {
  /** ARNs of the alarms that set off scaling, as far as they are known; may hold a reference to a list. Null for none. */
  readonly alarmArns: unknown;

  constructor(scope: Construct, { context, service }: AutoscalingStackProps) {
    super(scope, 'autoscaling');
    connectStack(this, 'autoscaling', context);
    const { scalableTargetId, alarmArns } = this.#scale(context.environment, service.identity);
    this.alarmArns = alarmArns;
    declareOutputs(this, 'autoscaling', { scalableTargetId });
  }

  #scale(
    environment: Environment,
    identity: CapacityIdentity,
  ): { readonly scalableTargetId: string; readonly alarmArns: unknown } {
    if (isGroup(identity)) {
      const { stepAlarms } = new GroupScaling(this, 'scaling', { environment, identity });
      // The provider does not tell the alarms that EC2 Auto Scaling makes for target tracking.
      const alarmArns = stepAlarms.length === 0 ? null : stepAlarms.map(({ arn }) => arn);
      return { scalableTargetId: identity.groupName, alarmArns };
    }
    const { target, trackingPolicies, stepAlarms } = new ServiceScaling(this, 'scaling', {
      environment,
      identity,
    });
    return {
      scalableTargetId: target.resourceId,
      alarmArns: Fn.concat([
        ...trackingPolicies.map((policy) => policy.alarmArns),
        stepAlarms.map(({ arn }) => arn),
      ]),
    };
  }
}
