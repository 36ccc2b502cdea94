import type { Environment } from './environment.ts';

/** Names of the environment’s resources: the only place where a name is composed. */
export interface ResourceNames {
  /** `<project>-<stage>`, the prefix of every other name. */
  readonly prefix: string;
  readonly cluster: string;
  readonly service: string;
  readonly loadBalancer: string;
  readonly targetGroup: string;
  /** Application Auto Scaling’s resource id of the service. */
  readonly scalableTarget: string;
}

export function resourceNames(environment: Pick<Environment, 'project' | 'stage'>): ResourceNames {
  const prefix = `${environment.project}-${environment.stage}`;
  return {
    prefix,
    cluster: prefix,
    service: `${prefix}-api`,
    loadBalancer: `${prefix}-alb`,
    targetGroup: `${prefix}-api`,
    scalableTarget: `service/${prefix}/${prefix}-api`,
  };
}

/** `us-east-1` and `a` make `us-east-1a`. */
export const availabilityZoneNames = (
  environment: Pick<Environment, 'region' | 'availabilityZones'>,
): readonly string[] => environment.availabilityZones.map((letter) => `${environment.region}${letter}`);
