import {
  type JudgeInput,
  type PlanDocument,
  type PlanEntry,
  PolicyJudge,
  asMeasured,
  withSettings,
} from '@tideline/planner';
import { type CountFrom, demandOf } from '@tideline/evidence';
import type { Traffic } from '../shared/traffic-options.ts';

/** Counts over the part that was held out, seconds from the start of the trace. */
export interface PlanTimelines {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly demand: readonly CountFrom[];
  readonly current: readonly CountFrom[];
  readonly recommended: readonly CountFrom[];
}

/** What the policy of now and the recommended one make of the trace. */
export function timelinesOf(
  { split, recommended, choice }: PlanDocument,
  { environment, trace, capacity }: Traffic,
  input: JudgeInput,
): PlanTimelines {
  const judge = new PolicyJudge(input);
  const fromSeconds = split.fittedSeconds;
  const toSeconds = split.fittedSeconds + split.heldOutSeconds;
  const running = (entry: PlanEntry | null): readonly CountFrom[] => {
    const described =
      entry === null
        ? environment
        : withSettings(environment, {
            capacity: entry.settings.capacity,
            policies: entry.settings.scaling.policies,
          });
    const { points } = judge.simulate(described, toSeconds, asMeasured);
    return within(
      points.map(({ seconds, running: count }) => ({ seconds, count })),
      fromSeconds,
    );
  };
  const load = trace.requestsPerSecond.map((requestsPerSecond, index) => ({
    seconds: index * trace.stepSeconds,
    requestsPerSecond,
  }));
  const current = running(null);
  return {
    fromSeconds,
    toSeconds,
    demand: within(demandOf(load, capacity.requestsPerSecond.value), fromSeconds),
    current,
    recommended: choice === 'keep' ? current : running(recommended),
  };
}

/** From an instant on, beginning with what holds there; each change once. */
function within(counts: readonly CountFrom[], fromSeconds: number): readonly CountFrom[] {
  const before = counts.filter(({ seconds }) => seconds <= fromSeconds).at(-1);
  const after = counts.filter(({ seconds }) => seconds > fromSeconds);
  const all = [{ seconds: fromSeconds, count: before?.count ?? 0 }, ...after];
  return all.filter(({ count }, index) => index === 0 || count !== all[index - 1]?.count);
}
