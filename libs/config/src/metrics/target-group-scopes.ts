import type { Environment } from '../environment.ts';
import type { MetricScope } from './metric-kind.ts';

type TargetGroupScope = Extract<MetricScope, 'target-group' | 'green-target-group'>;

const byRelease: Readonly<Record<Environment['release']['kind'], readonly TargetGroupScope[]>> = {
  rolling: ['target-group'],
  'blue-green': ['target-group', 'green-target-group'],
};

/** The target groups of an environment: two where releases move the traffic from one to the other. */
export const targetGroupScopes = ({ release }: Pick<Environment, 'release'>): readonly TargetGroupScope[] =>
  byRelease[release.kind];
