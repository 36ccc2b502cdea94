import type { ComputeKindName } from '@tideline/config';
import type { Construct } from 'constructs';
import type { Backend, BackendProps } from './compute/backend.ts';
import { ec2AsgBackend } from './compute/ec2-asg/ec2-asg-backend.ts';
import { ecsEc2Backend } from './compute/ecs-ec2/ecs-ec2-backend.ts';
import { fargateBackend } from './compute/fargate/fargate-backend.ts';

const backends: {
  readonly [Kind in ComputeKindName]: (scope: Construct, props: BackendProps<Kind>) => Backend;
} = { fargate: fargateBackend, 'ecs-ec2': ecsEc2Backend, 'ec2-asg': ec2AsgBackend };

/** Builds the backend on the compute kind of its description. */
export const createBackend = <Kind extends ComputeKindName>(
  scope: Construct,
  props: BackendProps<Kind>,
): Backend => backends[props.compute.kind](scope, props);
