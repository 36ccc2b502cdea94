import type { ScalingAlarm } from '../alarms/alarm-facts.ts';
import type { Problem } from '../configuration-error.ts';
import type { Environment, ParsedPolicy, PolicyMetric, ScalingPolicy, TargetMetric } from '../environment.ts';

/**
 * How a policy takes capacity away: `together` with every other policy that holds a target, `alone` without asking these,
 * `by-schedule` at its times whatever the load, or `never`.
 */
type ScaleIn = 'together' | 'alone' | 'by-schedule' | 'never';

/** Bounds of capacity; null where they stay as they are. */
interface CapacityBounds {
  readonly min: number | null;
  readonly max: number | null;
}

/** A cooldown with the field of the policy that sets it. */
interface Cooldown {
  readonly field: string;
  readonly seconds: number;
}

/** What the forecast of a policy does beyond being shown. */
interface ForecastUse {
  /** It is the least capacity of each hour. */
  readonly scales: boolean;
  /** It may raise the maximum of capacity. */
  readonly raisesMaximum: boolean;
}

/** An environment with the lowest minimum and the highest maximum that it may ever have. */
export interface PolicyContext {
  readonly environment: Environment;
  readonly widest: { readonly min: number; readonly max: number };
}

/** Every fact of one kind of scaling policy. */
export interface PolicyKind<
  Policy extends ScalingPolicy = ScalingPolicy,
  Parsed extends ParsedPolicy = ParsedPolicy,
> {
  /** Fills in what depends on the rest of the description. */
  resolve(policy: Parsed, monitoring: Environment['monitoring']): Policy;
  /** What it follows; null when it follows no metric. */
  metric(policy: Policy): PolicyMetric | null;
  /** The metric that it holds near a value, with that value; null when it holds none. */
  target(policy: Policy): TargetMetric | null;
  /** The alarms that set it off. */
  alarms(policy: Policy, environment: Environment): readonly ScalingAlarm[];
  scaleIn(policy: Policy): ScaleIn;
  /** What it waits for after a move, as the description has it; null when it waits for nothing. */
  cooldowns(policy: Policy): { readonly out: Cooldown; readonly in: Cooldown } | null;
  /** Bounds that it sets. */
  bounds(policy: Policy): CapacityBounds;
  /** When it acts of itself; null when alarms set it off. */
  schedule(policy: Policy): { readonly schedule: string; readonly timeZone: string } | null;
  /** What it does with a forecast of its metric; null when it forecasts nothing. */
  forecast(policy: Policy): ForecastUse | null;
  /** A line of docs/configuration.md: what it does, with its figures. */
  summary(policy: Policy, environment: Environment): string;
  /** Contradictions inside the policy, or with the rest of the description. */
  errors(policy: Policy, context: PolicyContext): readonly Problem[];
  /** Doubts about the policy, whatever the load. */
  warnings?(policy: Policy): readonly Problem[];
}

/** The facts of the kind of policy with this name. */
export type PolicyKindOf<Type extends ScalingPolicy['type']> = PolicyKind<
  Extract<ScalingPolicy, { readonly type: Type }>,
  Extract<ParsedPolicy, { readonly type: Type }>
>;
