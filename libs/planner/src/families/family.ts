import type { DeepReadonly, Environment, EnvironmentInput, ScalingPolicy } from '@tideline/config';
import type { Capacity } from '../capacity/capacity.ts';
import type { Trace } from '../traces/trace.ts';
import type { FigureGene, Genes } from './genes.ts';

/** A policy as a person writes it. */
export type PolicyInput = DeepReadonly<
  NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>[number]
>;

/** What a plan changes of a description, as a person writes it, or resolved. */
export interface PolicySettings {
  readonly capacity: Environment['capacity'];
  readonly policies: readonly (PolicyInput | ScalingPolicy)[];
}

/** What candidates are made from. */
export interface PlanSubject {
  readonly environment: Environment;
  readonly capacity: Capacity;
  /** The part of the trace that is fitted. */
  readonly trace: Trace;
}

/** One kind of policy sets. */
export interface Family {
  /** In words, for tables. */
  readonly label: string;
  /** Genes that make a difference, beside the bounds of capacity. */
  readonly reads: readonly FigureGene[];
  /** Why it cannot be tried here; null where it can. */
  readonly absence: (subject: PlanSubject) => string | null;
  readonly policies: (genes: Genes, subject: PlanSubject) => readonly PolicyInput[];
}
