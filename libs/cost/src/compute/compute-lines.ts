import type { Compute, ComputeKindName, Environment } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import type { Usage } from '../usage.ts';
import { type TaskTime, fargateLines, taskLines } from './fargate-lines.ts';
import { hostedLines } from './hosted-lines.ts';
import { instanceLines } from './instance-lines.ts';

interface Priced {
  readonly environment: Environment;
  readonly usage: Usage;
}

interface ComputePricing<Kind extends ComputeKindName> {
  /** What runs the service. */
  readonly lines: (compute: Compute<Kind>, priced: Priced) => readonly UnpricedLine[];
  /** Units beside those of the service, such as those of a release. */
  readonly beside: (compute: Compute<Kind>, time: TaskTime) => readonly UnpricedLine[];
}

/** A compute kind does not compile until it is priced here. */
const pricing: { readonly [Kind in ComputeKindName]: ComputePricing<Kind> } = {
  fargate: { lines: (compute, { usage }) => fargateLines(compute, usage), beside: taskLines },
  // Tasks of a release share the instances that are there.
  'ecs-ec2': { lines: hostedLines, beside: () => [] },
  'ec2-asg': { lines: instanceLines, beside: () => [] },
};

const linesOf = <Kind extends ComputeKindName>(compute: Compute<Kind>, priced: Priced) =>
  pricing[compute.kind].lines(compute, priced);

/** What runs the service. */
export const computeLines = (environment: Environment, usage: Usage): readonly UnpricedLine[] =>
  linesOf(environment.compute, { environment, usage });

const besideOf = <Kind extends ComputeKindName>(compute: Compute<Kind>, time: TaskTime) =>
  pricing[compute.kind].beside(compute, time);

/** Units that run beside those of the service for a time. */
export const unitsBeside = ({ compute }: Environment, time: TaskTime): readonly UnpricedLine[] =>
  besideOf(compute, time);
