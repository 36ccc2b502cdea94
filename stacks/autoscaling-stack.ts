import { ServiceScaling, type StackContext, connectStack, declareOutputs } from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { ServiceStack } from './service-stack.ts';

export interface AutoscalingStackProps {
  readonly context: StackContext;
  readonly service: ServiceStack;
}

/** The bounds of the task count, and the policies that move it between them. */
export class AutoscalingStack extends TerraformStack {
  readonly scaling: ServiceScaling;

  constructor(scope: Construct, { context, service }: AutoscalingStackProps) {
    super(scope, 'autoscaling');
    connectStack(this, 'autoscaling', context);
    this.scaling = new ServiceScaling(this, 'scaling', {
      environment: context.environment,
      identity: service.identity,
    });
    declareOutputs(this, 'autoscaling', { scalableTargetId: this.scaling.target.resourceId });
  }
}
