import type * as z from 'zod';
import type { AlarmWindow } from './alarms/alarm-facts.ts';
import type { environmentSchema } from './schema/environment.ts';
import type { loadProfileSchema } from './schema/load-profile.ts';

/** A value of plain objects and lists that nobody may change. */
export type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** An environment as a person writes it: whatever has a default may be left out. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

type Parsed = z.output<typeof environmentSchema>;
/** A policy whose fields are checked, before what depends on the rest of the description is filled in. */
export type ParsedPolicy = Parsed['scaling']['policies'][number];
type ParsedTracking = Extract<ParsedPolicy, { type: 'target-tracking' }>;

/** A target-tracking policy with its alarm windows filled in for the metric’s period. */
export type TargetTrackingPolicy = DeepReadonly<
  Omit<ParsedTracking, 'highAlarm' | 'lowAlarm'> & { highAlarm: AlarmWindow; lowAlarm: AlarmWindow }
>;
export type StepPolicy = DeepReadonly<Extract<ParsedPolicy, { type: 'step' }>>;
export type ScheduledAction = DeepReadonly<Extract<ParsedPolicy, { type: 'scheduled' }>>;
export type PredictivePolicy = DeepReadonly<Extract<ParsedPolicy, { type: 'predictive' }>>;
export type ScalingPolicy = TargetTrackingPolicy | StepPolicy | ScheduledAction | PredictivePolicy;

/** What a target-tracking policy holds, in the metric’s own unit. */
export type TargetMetric = TargetTrackingPolicy['metric'];
/** A metric by its meaning, with or without a target. */
export type PolicyMetric = TargetMetric | StepPolicy['metric'];

export type Assumptions = DeepReadonly<
  Omit<Parsed['assumptions'], 'metricLagSeconds'> & { metricLagSeconds: number }
>;

/** A resolved environment: no optional field, frozen. Every reader (stacks, twin, load runner) takes this type. */
export type Environment = DeepReadonly<Omit<Parsed, 'scaling' | 'assumptions'>> & {
  readonly scaling: DeepReadonly<Omit<Parsed['scaling'], 'policies'>> & {
    readonly policies: readonly ScalingPolicy[];
  };
  readonly assumptions: Assumptions;
};

type ByKind<Union extends { readonly kind: string }> = {
  readonly [Kind in Union['kind']]: { readonly kind: Kind } & Extract<Union, { readonly kind: Kind }>;
};
type ComputeByKind = ByKind<Environment['compute']>;
type IngressByKind = ByKind<Environment['ingress']>;
type ReleaseByKind = ByKind<Environment['release']>;

export type ComputeKindName = keyof ComputeByKind;
/** Compute settings of one kind; of any kind without an argument. */
export type Compute<Kind extends ComputeKindName = ComputeKindName> = {
  [Name in Kind]: ComputeByKind[Name];
}[Kind];
export type IngressKindName = keyof IngressByKind;
export type Ingress<Kind extends IngressKindName = IngressKindName> = {
  [Name in Kind]: IngressByKind[Name];
}[Kind];
export type ReleaseKindName = keyof ReleaseByKind;
export type ReleaseSettings<Kind extends ReleaseKindName = ReleaseKindName> = {
  [Name in Kind]: ReleaseByKind[Name];
}[Kind];

type ShiftByKind = ByKind<ReleaseSettings<'blue-green'>['shift']>;
export type ShiftKindName = keyof ShiftByKind;
/** How a blue/green release moves the traffic. */
export type Shift<Kind extends ShiftKindName = ShiftKindName> = { [Name in Kind]: ShiftByKind[Name] }[Kind];

export type LoadProfileInput = z.input<typeof loadProfileSchema>;
/** How load is driven, resolved. */
export type LoadProfile = DeepReadonly<z.output<typeof loadProfileSchema>>;
export type LoadStage = LoadProfile['stages'][number];
export type LoadEndpoint = LoadProfile['endpoints'][number];
