import type { Compute } from '@tideline/config';

/** How far a rolling replacement may take a group from its desired capacity. */
export interface RefreshBounds {
  /** Fewest instances that stay in service, healthy. */
  readonly fewestHealthy: number;
  /** Most instances that may exist. */
  readonly mostActive: number;
}

/**
 * The bounds of an instance refresh: the minimum rounded up, the maximum rounded down. Where the maximum is above 100 %
 * there is always room for one instance more; where it is not, one may always be missing: else nothing would ever move.
 */
export function refreshBounds(
  desired: number,
  {
    minimumHealthyPercent,
    maximumHealthyPercent,
  }: Pick<Compute<'ec2-asg'>['instanceRefresh'], 'minimumHealthyPercent' | 'maximumHealthyPercent'>,
): RefreshBounds {
  const fewest = Math.ceil((desired * minimumHealthyPercent) / 100);
  const most = Math.floor((desired * maximumHealthyPercent) / 100);
  return maximumHealthyPercent > 100
    ? { fewestHealthy: fewest, mostActive: Math.max(most, desired + 1) }
    : { fewestHealthy: Math.min(fewest, desired - 1), mostActive: desired };
}
