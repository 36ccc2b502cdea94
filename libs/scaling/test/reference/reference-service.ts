import { type ReferenceAlarm, alarmState } from './reference-alarm.ts';
import {
  type Answer,
  type Counts,
  type ReferenceStep,
  adjusted,
  inTo,
  outTo,
  stepFor,
  trackedNeed,
} from './reference-capacity.ts';
import type {
  ReferenceDescription,
  ReferenceMoment,
  ReferencePoint,
  ReferencePolicy,
  ReferenceStepper,
  ReferenceTracker,
} from './reference-description.ts';
import { periodOf, pointAt } from './reference-points.ts';

/** A decision in few words: `name scaled 2>4`, `name AlreadyAtMaxCapacity`, `name failed`. */
export type Said = string;

interface Asked extends Answer {
  readonly policy: ReferencePolicy;
}

/**
 * One scalable target as the documents of CloudWatch, Application Auto Scaling, EC2 Auto Scaling and ECS describe it: slow and
 * literal. It shares no code with the engine that it checks.
 */
export class ReferenceService {
  readonly #description: ReferenceDescription;
  readonly #alarms = new Map<ReferenceAlarm, string>();
  readonly #said = new Map<string, string>();
  #min: number;
  #max: number;
  #last = -1;
  #outCooldown: { readonly until: number; readonly base: number } | null = null;
  #inCooldownUntil = -Infinity;

  constructor(description: ReferenceDescription) {
    this.#description = description;
    this.#min = description.min;
    this.#max = description.max;
  }

  alarmStates(): string[] {
    return this.#description.policies.flatMap((policy) =>
      alarmsOf(policy).map((alarm) => this.#alarms.get(alarm) ?? 'INSUFFICIENT_DATA'),
    );
  }

  evaluate(given: ReferenceMoment): { readonly desired: number; readonly said: readonly Said[] } {
    const scheduled = this.#runActions(given);
    const moment = { ...given, desired: scheduled.desired };
    const due = this.#description.policies.filter((policy) => this.#isDue(policy.metric, moment));
    this.#last = given.now;
    for (const policy of due) this.#evaluateAlarms(policy, moment);
    if (due.length === 0) return scheduled;
    const acted = this.#act(due, moment);
    return { desired: acted.desired, said: [...scheduled.said, ...acted.said] };
  }

  #runActions({ now, desired, deploying }: ReferenceMoment) {
    const said: Said[] = [];
    const due = this.#description.actions.flatMap((action) =>
      action.at.filter((at) => at > this.#last && at <= now).map((at) => ({ ...action, at })),
    );
    for (const { name, min, max } of due.sort((left, right) => left.at - right.at)) {
      const [lowest, highest] = [min ?? this.#min, max ?? this.#max];
      if (lowest > highest) {
        said.push(`${name} failed`);
        continue;
      }
      [this.#min, this.#max] = [lowest, highest];
      const to = desired < lowest ? lowest : desired > highest ? highest : desired;
      if (to === desired) continue;
      if (to < desired && deploying) said.push(`${name} TargetServicePutResourceAsUnscalable`);
      else {
        said.push(`${name} scaled ${desired}>${to}`);
        desired = to;
      }
    }
    return { desired, said };
  }

  /** Start of the newest period that can be seen: it has ended, and its lag is over. */
  #newest(key: string, now: number, { metrics }: Pick<ReferenceMoment, 'metrics'>): number {
    const period = periodOf(key, metrics);
    const ended = Math.floor((now - this.#description.lag) / period);
    return (ended - 1) * period;
  }

  #isDue(key: string, moment: ReferenceMoment): boolean {
    return this.#newest(key, moment.now, moment) > this.#newest(key, this.#last, moment);
  }

  #evaluateAlarms(policy: ReferencePolicy, moment: ReferenceMoment): void {
    const period = periodOf(policy.metric, moment.metrics);
    const newest = this.#newest(policy.metric, moment.now, moment);
    for (const alarm of alarmsOf(policy)) {
      const row = [];
      for (let back = alarm.n + this.#description.choices.extraEvaluationDatapoints - 1; back >= 0; back -= 1)
        row.push(pointAt(policy.metric, newest - back * period, moment.metrics)?.value ?? null);
      const before = this.#alarms.get(alarm) ?? 'INSUFFICIENT_DATA';
      this.#alarms.set(alarm, alarmState(alarm, row, { before, choices: this.#description.choices }));
    }
  }

  #rings(alarm: ReferenceAlarm | null): boolean {
    return alarm !== null && this.#alarms.get(alarm) === 'ALARM';
  }

  /** The existing datapoints that an alarm goes by, newest first. */
  #lookedAt(key: string, alarm: ReferenceAlarm, moment: ReferenceMoment): ReferencePoint[] {
    const period = periodOf(key, moment.metrics);
    const newest = this.#newest(key, moment.now, moment);
    const found = [];
    for (let back = 0; back < alarm.n + this.#description.choices.extraEvaluationDatapoints; back += 1)
      found.push(pointAt(key, newest - back * period, moment.metrics));
    return found.filter((point) => point !== null).slice(0, alarm.n);
  }

  #act(due: readonly ReferencePolicy[], moment: ReferenceMoment) {
    const { desired } = moment;
    const failed: ReferencePolicy[] = [];
    const out: Asked[] = [];
    const inwards: Asked[] = [];
    const unmoved: Asked[] = [];
    for (const policy of due) {
      if (policy.kind === 'tracking') {
        const asked = this.#trackingOut(policy, moment);
        if (asked !== null) out.push({ policy, ...asked });
        continue;
      }
      if (!this.#rings(policy.alarm)) continue;
      const seen = this.#lookedAt(policy.metric, policy.alarm, moment).map(({ value }) => value);
      if (seen.length === 0) continue;
      const step = stepFor(policy.steps, { ...policy.alarm, value: aggregated(seen, policy.aggregation) });
      if (step === null) failed.push(policy);
      else if (step.adjustment === 0 && policy.type !== 'ExactCapacity')
        unmoved.push({ policy, to: desired, code: 'AlreadyAtDesiredCapacity' });
      else this.#stepMove(policy, step, { moment, out, inwards });
    }
    // “… any of the target tracking policies is ready for scale-out”: the one that gives the largest capacity.
    const largest = firstLargest(out);
    if (largest !== null && largest.to > desired) return this.#scaleOut(largest, moment);
    const tooSmall = this.#description.policies.some(
      (each) => each.kind === 'tracking' && this.#rings(each.high),
    );
    const candidates = tooSmall || out.length > 0 ? [] : [...inwards, ...this.#agreed(due, moment)];
    const said = [
      ...failed.flatMap(({ name }) => this.#report(name, 'failed')),
      ...[...out, ...unmoved, ...candidates].flatMap(({ policy, code }) =>
        code === null ? [] : this.#report(policy.name, code),
      ),
    ];
    const down = firstLargest(candidates.filter(({ to }) => to < desired));
    if (down === null) return { desired, said };
    if (moment.deploying)
      return {
        desired,
        said: [...said, ...this.#report(down.policy.name, 'TargetServicePutResourceAsUnscalable')],
      };
    if (this.#mayNotScaleIn(moment)) return { desired, said };
    this.#inCooldownUntil = moment.now + down.policy.inCooldown;
    this.#outCooldown = null;
    this.#said.delete(down.policy.name);
    return { desired: down.to, said: [...said, `${down.policy.name} scaled ${desired}>${down.to}`] };
  }

  /** An outcome without a move is worth a line when it is another than the one before. */
  #report(name: string, what: string): Said[] {
    if (this.#said.get(name) === what) return [];
    this.#said.set(name, what);
    return [`${name} ${what}`];
  }

  #scaleOut({ policy, to }: Asked, moment: ReferenceMoment) {
    const { running, desired, now } = moment;
    this.#outCooldown = {
      until: now + policy.outCooldown,
      base: this.#countedFrom(moment) ?? (running === 0 ? to : running),
    };
    // “if another alarm triggers a scale-out policy during the cooldown period after a scale-in, … scales out immediately”
    this.#inCooldownUntil = -Infinity;
    this.#said.delete(policy.name);
    return { desired: to, said: [`${policy.name} scaled ${desired}>${to}`] };
  }

  /** What a step’s scale-out starts from while capacity that was added counts; null when none does. */
  #countedFrom({ now, warm, warming }: ReferenceMoment): number | null {
    if (warm !== null) return warming > 0 ? warm : null;
    return this.#outCooldown !== null && now < this.#outCooldown.until ? this.#outCooldown.base : null;
  }

  #mayNotScaleIn({ now, warm, warming }: ReferenceMoment): boolean {
    // “While instances are warming up, scale-in activities are blocked”
    if (warm !== null && warming > 0) return true;
    if (now < this.#inCooldownUntil) return true;
    const cooling = this.#outCooldown !== null && now < this.#outCooldown.until;
    return cooling && this.#description.choices.scaleInDuringScaleOutCooldown === 'refused';
  }

  #bounds({ desired }: ReferenceMoment): Counts {
    return { desired, min: this.#min, max: this.#max };
  }

  #stepMove(
    policy: ReferenceStepper,
    { adjustment }: ReferenceStep,
    { moment, out, inwards }: { moment: ReferenceMoment; out: Asked[]; inwards: Asked[] },
  ): void {
    const wanted = (count: number): number => {
      const capacity = adjusted(count, adjustment, policy);
      return count === 0 && adjustment > 0 && capacity < 1 ? 1 : capacity;
    };
    const needed = wanted(moment.running);
    if (policy.type === 'ExactCapacity' ? adjustment >= moment.desired : adjustment > 0) {
      const base = this.#countedFrom(moment);
      out.push({ policy, ...outTo(this.#bounds(moment), needed, base === null ? needed : wanted(base)) });
    } else inwards.push({ policy, ...inTo(this.#bounds(moment), needed) });
  }

  /** What target tracking works with: a value, and the count it is multiplied by; null where the period’s is not known. */
  #tracked(policy: ReferenceTracker, alarm: ReferenceAlarm, moment: ReferenceMoment): ReferencePoint | null {
    const seen = this.#lookedAt(policy.metric, alarm, moment);
    const newest = seen[0] ?? null;
    if (newest === null || this.#description.choices.trackedValue === 'newest') return newest;
    let [values, products] = [0, 0];
    for (const { value, running } of seen) {
      values += value;
      products += value * (running ?? Number.NaN);
    }
    const known = values !== 0 && !Number.isNaN(products);
    return { ...newest, value: values / seen.length, running: known ? products / values : null };
  }

  #trackingOut(policy: ReferenceTracker, moment: ReferenceMoment): Answer | null {
    const { now, running, desired, warm, warming } = moment;
    const { neededCount, warmingInstances } = this.#description.choices;
    if (running === 0 && desired === 0) {
      // ECS guide: from zero tasks, one datapoint of demand starts the smallest possible capacity.
      const point = pointAt(policy.metric, this.#newest(policy.metric, now, moment), moment.metrics);
      return point !== null && point.value > 0 ? outTo(this.#bounds(moment), 1) : null;
    }
    if (!this.#rings(policy.high)) return null;
    const point = this.#tracked(policy, policy.high, moment);
    if (point === null) return null;
    const need = (count: number): number => trackedNeed(count, point.value, policy.target);
    const mayCredit = warm === null || warmingInstances === 'credited';
    const ofNow = point.running === null || neededCount === 'now';
    const count = ofNow ? running : point.running;
    let counted = need(count);
    if (ofNow && mayCredit) {
      const base = this.#countedFrom(moment);
      if (base !== null) counted = need(base);
    }
    // EC2 Auto Scaling guide: the metrics of instances that warm up are not counted, and they count towards the scale-out.
    if (!ofNow && mayCredit && warm !== null && warming > 0) counted = need(warm < count ? warm : count);
    return outTo(this.#bounds(moment), need(count), counted);
  }

  /** “… only if all of the target tracking policies (with the scale-in portion enabled) are ready to scale in” */
  #agreed(due: readonly ReferencePolicy[], moment: ReferenceMoment): readonly Asked[] {
    const { desired } = moment;
    const trackers = this.#description.policies.filter((each) => each.kind === 'tracking');
    const able = trackers.filter(({ low }) => low !== null);
    if (!able.some((policy) => due.includes(policy))) return [];
    const answers: Asked[] = [];
    for (const policy of able) {
      const point =
        policy.low !== null && this.#rings(policy.low) ? this.#tracked(policy, policy.low, moment) : null;
      if (point === null) return [];
      answers.push({ policy, ...this.#trackingIn(policy, point, moment) });
    }
    const declining = answers.filter(({ to }) => to === desired);
    const largest = firstLargest(answers);
    if (declining.length > 0) return declining;
    return largest === null ? [] : [largest];
  }

  #trackingIn(policy: ReferenceTracker, { value, running }: ReferencePoint, moment: ReferenceMoment): Answer {
    const { scaleInSteps, predictFlapping, neededCount } = this.#description.choices;
    const count = running === null || neededCount === 'now' ? moment.running : running;
    const needed = scaleInSteps === 'gradual' ? moment.desired - 1 : trackedNeed(count, value, policy.target);
    const answer = inTo(this.#bounds(moment), needed);
    if (!predictFlapping || answer.to === moment.desired || moment.desired > this.#max) return answer;
    const predicted = value === 0 ? 0 : (value * count) / answer.to;
    return predicted > policy.target * (1 + 1e-9)
      ? { to: moment.desired, code: 'AutoScalingAnticipatedFlapping' }
      : answer;
  }
}

const alarmsOf = (policy: ReferencePolicy): ReferenceAlarm[] => {
  if (policy.kind === 'step') return [policy.alarm];
  return policy.low === null ? [policy.high] : [policy.high, policy.low];
};

function aggregated(values: readonly number[], aggregation: string): number {
  if (aggregation === 'Maximum') return Math.max(...values);
  if (aggregation === 'Minimum') return Math.min(...values);
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function firstLargest(asked: readonly Asked[]): Asked | null {
  let best: Asked | null = null;
  for (const each of asked) if (best === null || each.to > best.to) best = each;
  return best;
}
