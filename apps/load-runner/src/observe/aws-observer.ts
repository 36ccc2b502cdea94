import { type ComputeFacts, type Environment, capacityFacts, computeFacts } from '@tideline/config';
import type { CapacityProvider, Observation } from '@tideline/evidence';
import type { AwsReads } from './aws/reads/aws-reads.ts';
import { DesiredHistory } from './aws/scaling-activities.ts';
import { RecentFacts, type FactsScope, type ScalingFacts } from './aws/scaling-facts.ts';
import { targetCounts, WatchedService } from './aws/watched-service.ts';
import type { WatchedCapacity } from './aws/watched-capacity.ts';
import { WatchedGroup } from './aws/watched-group.ts';
import { WatchedInstances } from './aws/watched-instances.ts';
import { ObserverError, type ScalingObserver } from './scaling-observer.ts';

/** What tasks run on, seen beside them: empty where they have no instances of their own. */
type HostsSeen = Pick<ScalingFacts, 'metrics' | 'events'> & Pick<Observation, 'capacityProvider'>;

const watchedFleets: Readonly<
  Record<ComputeFacts['fleet'], new (environment: Environment, reads: AwsReads) => WatchedCapacity>
> = { service: WatchedService, group: WatchedGroup };

/** Observes an environment in an AWS account. Cloud time is wall time, counted from when its service or group was created. */
export class AwsObserver implements ScalingObserver {
  readonly kind = 'aws';
  /** AWS answers a look by several requests, and limits how many an account may send. */
  readonly periodMs = 5000;
  readonly #environment: Environment;
  readonly #reads: AwsReads;
  readonly #watched: WatchedCapacity;
  readonly #facts: RecentFacts;
  /** Null where tasks have no instances of their own. */
  readonly #hosts: { readonly watched: WatchedInstances; readonly facts: RecentFacts } | null;
  readonly #now: () => number;
  readonly #sinceMs: number;
  readonly #desired = new DesiredHistory();

  /** @param now wall time, milliseconds since 1970. */
  constructor(environment: Environment, reads: AwsReads, now: () => number = Date.now) {
    this.#environment = environment;
    this.#reads = reads;
    this.#watched = new watchedFleets[computeFacts(environment).fleet](environment, reads);
    this.#facts = new RecentFacts(reads, this.#watched);
    const { containerInstances } = capacityFacts(environment);
    const instances = containerInstances && new WatchedInstances(environment, reads);
    this.#hosts = instances && { watched: instances, facts: new RecentFacts(reads, instances) };
    this.#now = now;
    this.#sinceMs = now();
  }

  async observe(): Promise<Observation> {
    const askedMs = this.#now();
    const look = await this.#watched.look();
    this.#desired.add(askedMs, look.counts.desired);
    const createdMs = look.createdAt?.getTime() ?? this.#sinceMs;
    const toCloudSeconds = (at: Date): number => (at.getTime() - createdMs) / 1000;
    const scope = {
      environment: this.#environment,
      sinceMs: this.#sinceMs,
      nowMs: this.#now(),
      toCloudSeconds,
      desired: this.#desired,
    };
    const [targets, { events, ...facts }, { capacityProvider, ...hosts }] = await Promise.all([
      Promise.all(look.targetGroupArns.map((arn) => this.#targets(arn))),
      this.#facts.at(scope),
      this.#seeHosts(scope),
    ]);
    const toldByEcs = look.events.map(({ at, message }) => ({ cloudSeconds: toCloudSeconds(at), message }));
    return {
      // Seen between question and answer; the middle is the best guess.
      cloudSeconds: toCloudSeconds(new Date((askedMs + this.#now()) / 2)),
      speed: 1,
      ...facts,
      capacity: facts.capacity ?? { min: look.counts.desired, max: look.counts.desired },
      unit: look.unit,
      service: { ...look.counts, ...targetCounts(targets.flat()) },
      deploymentInProgress: look.isRollingOut,
      ...(capacityProvider === undefined ? {} : { capacityProvider }),
      metrics: [...facts.metrics, ...hosts.metrics],
      events: inOrder([...events, ...hosts.events, ...toldByEcs]),
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

  async #seeHosts(scope: FactsScope): Promise<HostsSeen> {
    if (this.#hosts === null) return { metrics: [], events: [] };
    const { watched, facts } = this.#hosts;
    const [seen, { policies, activities, metrics, events }] = await Promise.all([
      watched.look(),
      facts.at(scope),
    ]);
    const capacityProvider: CapacityProvider = { ...seen, policies, activities };
    return { capacityProvider, metrics, events };
  }
}

const inOrder = (events: Observation['events']): Observation['events'] =>
  events.toSorted((left, right) => left.cloudSeconds - right.cloudSeconds);
