import { type Scaling, type StackContext, connectStack, declareOutputs } from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { ServiceStack } from './service-stack.ts';

export interface AutoscalingStackProps {
  readonly context: StackContext;
  readonly service: ServiceStack;
}

/** The policies that move the count of tasks or instances between its bounds. */
export class AutoscalingStack extends TerraformStack {
  readonly scaling: Scaling;

  constructor(scope: Construct, { context, service }: AutoscalingStackProps) {
    super(scope, 'autoscaling');
    connectStack(this, 'autoscaling', context);
    this.scaling = service.backend.scale(this);
    declareOutputs(this, 'autoscaling', { scalableTargetId: this.scaling.scalableTargetId });
  }
}
