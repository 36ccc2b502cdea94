import { type EnvironmentInput, resolveEnvironment } from '@tideline/config';
import { TerraformStack, Testing } from 'cdktf';
import type { ServiceIdentity } from '../src/ground/service-metrics.ts';

/** A Fargate environment of 2 to 6 tasks, with fields laid over it. */
export const environment = (over: Partial<EnvironmentInput> = {}) =>
  resolveEnvironment({
    preset: 'test',
    compute: { kind: 'fargate' },
    capacity: { min: 2, max: 6, desired: 2 },
    ...over,
  });

/** A service as CloudWatch would know it. */
export const identity: ServiceIdentity = {
  clusterName: 'tideline-dev',
  serviceName: 'tideline-dev-api',
  loadBalancerSuffix: 'app/tideline-dev-alb/1',
  targetGroupSuffix: 'targetgroup/tideline-dev-api/2',
};

export type Resource = Readonly<Record<string, unknown>>;

/** The Terraform resources that a piece of a stack becomes, by type. */
export function resourcesOf(build: (stack: TerraformStack) => void): (type: string) => readonly Resource[] {
  const stack = new TerraformStack(Testing.app(), 'stack');
  build(stack);
  const json = JSON.parse(Testing.synth(stack)) as {
    readonly resource?: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  };
  return (type) => Object.values(json.resource?.[type] ?? {});
}
