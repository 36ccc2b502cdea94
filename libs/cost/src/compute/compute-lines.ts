import type { Environment } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import type { Usage } from '../usage.ts';
import { fargateLines } from './fargate-lines.ts';
import { hostedLines } from './hosted-lines.ts';
import { instanceLines } from './instance-lines.ts';

/** What runs the service. A further kind of compute does not compile until it is priced here. */
export function computeLines(environment: Environment, usage: Usage): readonly UnpricedLine[] {
  const { compute } = environment;
  switch (compute.kind) {
    case 'fargate':
      return fargateLines(compute, usage);
    case 'ec2-asg':
      return instanceLines(compute, { environment, usage });
    case 'ecs-ec2':
      return hostedLines(compute, { environment, usage });
  }
}
