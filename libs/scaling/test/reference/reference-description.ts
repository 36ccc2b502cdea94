import type { AlarmChoices, ReferenceAlarm } from './reference-alarm.ts';
import type { ReferenceStep } from './reference-capacity.ts';

export interface ReferencePoint {
  readonly value: number;
  readonly running: number | null;
}

interface ReferenceMetric {
  readonly period: number;
  /** By the start of the period. */
  readonly points: ReadonlyMap<number, ReferencePoint>;
}

interface PolicyBase {
  readonly name: string;
  /** Key of the metric that it follows. */
  readonly metric: string;
  readonly outCooldown: number;
  readonly inCooldown: number;
}

export interface ReferenceTracker extends PolicyBase {
  readonly kind: 'tracking';
  readonly target: number;
  readonly high: ReferenceAlarm;
  readonly low: ReferenceAlarm | null;
}

export interface ReferenceStepper extends PolicyBase {
  readonly kind: 'step';
  readonly alarm: ReferenceAlarm;
  readonly steps: readonly ReferenceStep[];
  readonly type: string;
  readonly smallest: number;
  readonly aggregation: string;
}

export type ReferencePolicy = ReferenceTracker | ReferenceStepper;

export interface ReferenceAction {
  readonly name: string;
  /** When it runs, ascending. */
  readonly at: readonly number[];
  readonly min: number | null;
  readonly max: number | null;
}

/** What AWS does not say, and the description does. */
export interface ReferenceChoices extends AlarmChoices {
  readonly neededCount: string;
  readonly trackedValue: string;
  readonly warmingInstances: string;
  readonly scaleInSteps: string;
  readonly predictFlapping: boolean;
  readonly scaleInDuringScaleOutCooldown: string;
}

export interface ReferenceDescription {
  readonly min: number;
  readonly max: number;
  readonly lag: number;
  readonly policies: readonly ReferencePolicy[];
  readonly actions: readonly ReferenceAction[];
  readonly choices: ReferenceChoices;
}

/** What is so at the moment of an evaluation. */
export interface ReferenceMoment {
  readonly now: number;
  readonly desired: number;
  readonly running: number;
  readonly warm: number | null;
  readonly warming: number;
  readonly deploying: boolean;
  readonly metrics: Readonly<Record<string, ReferenceMetric>>;
}
