import type { Problem } from '../configuration-error.ts';
import type { Environment, ReleaseSettings, ReleaseKindName } from '../environment.ts';

/** What every environment of one release kind has in common. */
export interface ReleaseFacts {
  /** Target groups of the service; where there are two they take turns. */
  readonly targetGroups: 1 | 2;
  /** Most of the desired count that runs while versions change, with its reason in words. */
  readonly sideBySide: (deployment: Environment['deployment']) => {
    readonly mostPercent: number;
    readonly because: string;
  };
}

/** Everything that others need to know about one release kind. */
export interface ReleaseKind<Kind extends ReleaseKindName> extends ReleaseFacts {
  /** What CodeDeploy releases by; null where ECS or an instance refresh rolls. */
  readonly codeDeploy: (release: ReleaseSettings<Kind>) => ReleaseSettings<'blue-green'> | null;
  /** Contradictions between fields of this kind and others. */
  readonly errors: (release: ReleaseSettings<Kind>, environment: Environment) => readonly Problem[];
}
