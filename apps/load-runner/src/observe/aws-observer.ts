import type { Environment } from '@tideline/config';
import type { Observation } from '@tideline/evidence';
import type { AwsReads } from './aws/aws-reads.ts';
import { DesiredHistory } from './aws/desired-history.ts';
import { type ScalingFacts, scalingFacts } from './aws/scaling-facts.ts';
import { targetCounts } from './aws/service-state.ts';
import type { WatchedCapacity } from './aws/watched-capacity.ts';
import { WatchedGroup } from './aws/watched-group.ts';
import { WatchedService } from './aws/watched-service.ts';
import { ObserverError, type ScalingObserver } from './scaling-observer.ts';

/** Counts are asked for at every look; the rest, which changes once a minute, no more often than this. */
const factsPeriodMs = 15_000;

/** Observes an environment in an AWS account. Cloud time is wall time, counted from when its service or group was created. */
export class AwsObserver implements ScalingObserver {
  readonly kind = 'aws';
  /** AWS answers a look by several requests, and limits how many an account may send. */
  readonly periodMs = 5000;
  readonly #environment: Environment;
  readonly #reads: AwsReads;
  readonly #watched: WatchedCapacity;
  readonly #now: () => number;
  readonly #sinceMs: number;
  readonly #desired = new DesiredHistory();
  #facts: { readonly askedMs: number; readonly answer: Promise<ScalingFacts> } | null = null;

  /** @param now wall time, milliseconds since 1970. */
  constructor(environment: Environment, reads: AwsReads, now: () => number = Date.now) {
    this.#environment = environment;
    this.#reads = reads;
    this.#watched =
      environment.compute.kind === 'ec2-asg'
        ? new WatchedGroup(environment, reads)
        : new WatchedService(environment, reads);
    this.#now = now;
    this.#sinceMs = now();
  }

  async observe(): Promise<Observation> {
    const askedMs = this.#now();
    const look = await this.#watched.look();
    this.#desired.add(askedMs, look.counts.desired);
    const createdMs = look.createdAt?.getTime() ?? this.#sinceMs;
    const toCloudSeconds = (at: Date): number => (at.getTime() - createdMs) / 1000;
    const [targets, { events, ...facts }] = await Promise.all([
      Promise.all(look.targetGroupArns.map((arn) => this.#targets(arn))),
      this.#scalingFacts(toCloudSeconds),
    ]);
    return {
      // Seen between question and answer; the middle is the best guess.
      cloudSeconds: toCloudSeconds(new Date((askedMs + this.#now()) / 2)),
      speed: 1,
      ...facts,
      capacity: facts.capacity ?? { min: look.counts.desired, max: look.counts.desired },
      unit: look.unit,
      service: { ...look.counts, ...targetCounts(targets.flat()) },
      deploymentInProgress: look.isRollingOut,
      events: [
        ...events,
        ...look.events.map(({ at, message }) => ({ cloudSeconds: toCloudSeconds(at), message })),
      ],
    };
  }

  setSpeed(): Promise<never> {
    return Promise.reject(new ObserverError('at AWS cloud time is wall time, and its speed stays 1'));
  }

  async #targets(targetGroupArn: string) {
    const { TargetHealthDescriptions = [] } = await this.#reads.describeTargetHealth({
      TargetGroupArn: targetGroupArn,
    });
    return TargetHealthDescriptions;
  }

  /** The latest facts, asked for again when they have grown old; two looks at once share one answer. */
  async #scalingFacts(toCloudSeconds: (at: Date) => number): Promise<ScalingFacts> {
    const nowMs = this.#now();
    if (this.#facts !== null && nowMs - this.#facts.askedMs < factsPeriodMs) return this.#facts.answer;
    const facts = {
      askedMs: nowMs,
      answer: scalingFacts(
        { reads: this.#reads, watched: this.#watched },
        {
          environment: this.#environment,
          sinceMs: this.#sinceMs,
          nowMs,
          toCloudSeconds,
          desired: this.#desired,
        },
      ),
    };
    this.#facts = facts;
    try {
      return await facts.answer;
    } catch (error) {
      if (this.#facts === facts) this.#facts = null;
      throw error;
    }
  }
}
