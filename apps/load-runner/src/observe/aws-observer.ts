import type { Service } from '@aws-sdk/client-ecs';
import { type Environment, resourceNames } from '@tideline/config';
import type { Observation } from '@tideline/evidence';
import type { AwsReads } from './aws/aws-reads.ts';
import { DesiredHistory } from './aws/desired-history.ts';
import { type ScalingFacts, scalingFacts } from './aws/scaling-facts.ts';
import { isDeploying, serviceCounts, targetGroupArns } from './aws/service-state.ts';
import { ObserverError, type ScalingObserver } from './scaling-observer.ts';

/** Counts are asked for at every look; the rest, which changes once a minute, no more often than this. */
const factsPeriodMs = 15_000;

/** Observes an environment in an AWS account. Cloud time is wall time, counted from when the service was created. */
export class AwsObserver implements ScalingObserver {
  readonly kind = 'aws';
  /** AWS answers a look by several requests, and limits how many an account may send. */
  readonly periodMs = 5000;
  readonly #environment: Environment;
  readonly #reads: AwsReads;
  readonly #now: () => number;
  readonly #sinceMs: number;
  readonly #desired = new DesiredHistory();
  #facts: { readonly askedMs: number; readonly answer: Promise<ScalingFacts> } | null = null;

  /** @param now wall time, milliseconds since 1970. */
  constructor(environment: Environment, reads: AwsReads, now: () => number = Date.now) {
    this.#environment = environment;
    this.#reads = reads;
    this.#now = now;
    this.#sinceMs = now();
  }

  async observe(): Promise<Observation> {
    const askedMs = this.#now();
    const service = await this.#service();
    this.#desired.add(askedMs, service.desiredCount ?? 0);
    const createdMs = service.createdAt?.getTime() ?? this.#sinceMs;
    const toCloudSeconds = (at: Date): number => (at.getTime() - createdMs) / 1000;
    const [targets, facts] = await Promise.all([
      Promise.all(targetGroupArns(service).map((arn) => this.#targets(arn))),
      this.#scalingFacts(toCloudSeconds),
    ]);
    const counts = serviceCounts(service, targets.flat());
    return {
      // Seen between question and answer; the middle is the best guess.
      cloudSeconds: toCloudSeconds(new Date((askedMs + this.#now()) / 2)),
      speed: 1,
      ...facts,
      capacity: facts.capacity ?? { min: counts.desired, max: counts.desired },
      service: counts,
      deploymentInProgress: isDeploying(service),
      events: (service.events ?? [])
        .flatMap(({ createdAt, message }) =>
          createdAt === undefined
            ? []
            : [{ cloudSeconds: toCloudSeconds(createdAt), message: message ?? '' }],
        )
        .reverse(),
    };
  }

  setSpeed(): Promise<never> {
    return Promise.reject(new ObserverError('at AWS cloud time is wall time, and its speed stays 1'));
  }

  async #service(): Promise<Service> {
    const { cluster, service } = resourceNames(this.#environment);
    const { services = [] } = await this.#reads.describeServices({ cluster, services: [service] });
    const found = services.find(({ status }) => status === 'ACTIVE');
    if (found !== undefined) return found;
    throw new ObserverError(
      `ecs:DescribeServices found no service ${service} in cluster ${cluster} of ${this.#environment.region}; deploy the environment first, or name the one that is deployed`,
    );
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
      answer: scalingFacts(this.#reads, {
        environment: this.#environment,
        sinceMs: this.#sinceMs,
        nowMs,
        toCloudSeconds,
        desired: this.#desired,
      }),
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
