import { expect, test } from '@jest/globals';
import { type Datapoint, evaluateScaling, initialScalingState, planScaling } from '../src/index.ts';
import { type RandomTrace, randomTrace, startedAt } from './reference/random-trace.ts';
import type { ReferencePoint } from './reference/reference-description.ts';
import { ReferenceService } from './reference/reference-service.ts';

/** `npm run oracle` walks a hundred thousand. */
const traces = Number(process.env.TIDELINE_REFERENCE_TRACES ?? 2000);
const batches = 10;

test.each(Array.from({ length: batches }, (_, batch) => [batch] as const))(
  'engine and reference decide alike, step by step, on a tenth of the random traces (%d)',
  (batch) => {
    for (let seed = batch; seed < traces; seed += batches) compare(seed);
  },
  3_600_000,
);

/** Plays one trace to both, from evaluation to evaluation. */
function compare(seed: number): void {
  const trace = randomTrace(seed);
  const { random, environment, description, isGroup } = trace;
  const plan = planScaling(environment, { startedAt });
  const reference = new ReferenceService(description);
  const fleet = new RandomFleet(trace);
  const series = new RandomSeries(trace, fleet);
  let state = initialScalingState(plan);
  for (const nowSeconds of instants(trace)) {
    fleet.advance(nowSeconds);
    series.advance(nowSeconds);
    const deploying = random.chance(0.05);
    const { desired, running, warm, warming } = fleet;
    const warmup = isGroup ? { warm, warming } : null;
    const outcome = evaluateScaling(plan, state, {
      ...{ nowSeconds, running, desired, warmup, deploymentInProgress: deploying },
      datapoints: (key) => series.of(key).datapoints,
    });
    const expected = reference.evaluate({
      ...{ now: nowSeconds, desired, running, warming, deploying, warm: isGroup ? warm : null },
      metrics: series.metrics,
    });
    const said = outcome.decisions.map(({ policy, outcome: what, from, to, reasonCode }) =>
      what === 'scaled' ? `${policy} scaled ${from}>${to}` : `${policy} ${reasonCode ?? what}`,
    );
    const where = `seed ${seed} at ${nowSeconds} s`;
    const engine = [where, outcome.desired, ...said, ...outcome.state.alarmStates];
    const literal = [where, expected.desired, ...expected.said, ...reference.alarmStates()];
    // Asked once in a long while: an expectation costs more than the step.
    if (engine.length !== literal.length || engine.some((each, at) => !Object.is(each, literal[at])))
      expect(engine).toEqual(literal);
    state = outcome.state;
    fleet.setDesired(outcome.desired, nowSeconds);
  }
}

/** When something may be due, and some instants at which nothing is. */
function instants({ description, periods, minutes, random }: RandomTrace): readonly number[] {
  const found = new Set(description.actions.flatMap(({ at }) => at));
  for (const period of new Set(Object.values(periods)))
    for (let end = period; end <= minutes * 60; end += period) found.add(end + description.lag);
  for (let extra = 0; extra < 3; extra += 1) found.add(random.whole(0, minutes * 60));
  return [...found].sort((left, right) => left - right);
}

/** Capacity that follows the desired count late, and warms up where it is a group. */
class RandomFleet {
  running: number;
  desired: number;
  warm: number;
  #now = 0;
  #unitSeconds = 0;
  readonly #startSeconds: number;
  readonly #warmupSeconds: number;
  readonly #starting: number[] = [];
  readonly #warming: number[] = [];

  constructor({ desired, random }: RandomTrace) {
    this.running = desired;
    this.desired = desired;
    this.warm = desired;
    this.#startSeconds = random.one([0, 20, 75, 200]);
    this.#warmupSeconds = random.one([0, 60, 240]);
  }

  get warming(): number {
    return this.#warming.length + this.#starting.length;
  }

  /** Running, times seconds, since the beginning. */
  get unitSeconds(): number {
    return this.#unitSeconds;
  }

  advance(now: number): void {
    this.#unitSeconds += this.running * (now - this.#now);
    this.#now = now;
    while (this.#starting.length > 0 && this.#starting[0]! <= now) {
      this.#warming.push(this.#starting.shift()! + this.#warmupSeconds);
      this.running += 1;
    }
    while (this.#warming.length > 0 && this.#warming[0]! <= now) {
      this.#warming.shift();
      this.warm += 1;
    }
  }

  setDesired(desired: number, now: number): void {
    this.desired = desired;
    while (this.running + this.#starting.length > desired && this.#starting.length > 0) this.#starting.pop();
    if (this.running > desired) {
      this.running = desired;
      while (this.warm + this.#warming.length > desired && this.#warming.length > 0) this.#warming.pop();
      this.warm = Math.min(this.warm, desired);
    }
    while (this.running + this.#starting.length < desired) this.#starting.push(now + this.#startSeconds);
  }
}

interface PlayedMetric {
  readonly period: number;
  readonly points: Map<number, ReferencePoint>;
  readonly datapoints: Datapoint[];
  /** End of the last period that was closed, and what ran until then. */
  end: number;
  unitSeconds: number;
}

/** Datapoints of every metric: mostly near what alarms and steps compare with, at times missing. */
class RandomSeries {
  readonly #trace: RandomTrace;
  readonly #fleet: RandomFleet;
  /** Each metric twice: as the engine is given it, and as the reference is. */
  readonly metrics: Readonly<Record<string, PlayedMetric>>;
  readonly #missing: number;
  readonly #knowsRunning: boolean;
  #level = 1;

  constructor(trace: RandomTrace, fleet: RandomFleet) {
    this.#trace = trace;
    this.#fleet = fleet;
    this.#missing = trace.random.one([0, 0, 0.1, 0.4, 0.8]);
    this.#knowsRunning = trace.random.chance(0.85);
    this.metrics = Object.fromEntries(
      Object.entries(trace.periods).map(([key, period]) => [
        key,
        { period, points: new Map(), datapoints: [], end: 0, unitSeconds: 0 },
      ]),
    );
  }

  of(key: string): PlayedMetric {
    const metric = this.metrics[key];
    if (metric === undefined) throw new Error(`no policy of a random trace follows ${key}`);
    return metric;
  }

  /** Closes every period that has ended: later than at its end, where no evaluation was due then. */
  advance(now: number): void {
    const { random } = this.#trace;
    if (random.chance(0.1)) this.#level = random.one([0, 0.4, 0.88, 1, 1.1, 1.6, 3]);
    for (const metric of Object.values(this.metrics)) {
      const { period, points, datapoints } = metric;
      while (metric.end + period <= now) {
        const running = (this.#fleet.unitSeconds - metric.unitSeconds) / (now - metric.end);
        if (!random.chance(this.#missing)) {
          const point = this.#value(running);
          points.set(metric.end, point);
          const counted = point.running === null ? {} : { running: point.running };
          datapoints.push({ startSeconds: metric.end, value: point.value, ...counted });
        }
        metric.end += period;
        metric.unitSeconds += running * period;
      }
    }
  }

  #value(running: number) {
    const { random } = this.#trace;
    const exact = random.one([0, 10, 20, 30, 40, 45, 50, 60, 70, 80, 100]);
    const value = random.chance(0.3) ? exact : this.#level * 50 * (0.9 + 0.2 * random.next());
    return { value, running: this.#knowsRunning && running > 0 ? running : null };
  }
}
