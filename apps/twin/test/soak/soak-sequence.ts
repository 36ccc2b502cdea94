import { setTimeout as wait } from 'node:timers/promises';
import type { TwinClient, TwinProcess } from '../twin-process.ts';

export type Random = () => number;

export const happenings = ['deploy', 'scale', 'kill', 'lose-zone', 'restore-zone'] as const;
export type Happening = (typeof happenings)[number];

/** Fewest healthy targets before a fault: what it leaves must not be the last one, since without any there is only 503. */
const fewestBeforeFault = 3;

/** Kinds of compute that a sequence may run on, with the options that make each small and quick. */
const computes = [
  ['--preset', 'fargate-alb'],
  [
    ...['--preset', 'flash-sale', '--set', 'sessions.store=none', '--set', 'storefront.enabled=false'],
    ...['--set', 'compute.instances.max=8', '--set', 'compute.instances.min=3'],
  ],
  [
    '--preset',
    'stateless-asg',
    '--set',
    'compute.warmupSeconds=30',
    '--set',
    'sessions.store=none',
    '--set',
    'files.store=none',
  ],
  [
    ...['--preset', 'fargate-alb', '--set', 'release.kind=blue-green', '--set', 'release.shift.kind=canary'],
    ...['--set', 'release.shift.intervalMinutes=1', '--set', 'release.terminationWaitMinutes=1'],
  ],
] as const;

const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;

export const computeOptions = (random: Random): readonly string[] => pick(random, computes);

/** A metric that one policy tracks: what it is set to makes the service grow, shrink or rest. */
const metric = { namespace: 'Soak', metricName: 'Queue' };
export const soakDescription = {
  capacity: { min: 3, max: 6, desired: 4 },
  container: { cpuMillisecondsPerRequest: 0 },
  healthCheck: {
    intervalSeconds: 10,
    timeoutSeconds: 2,
    unhealthyThreshold: 2,
    healthyThreshold: 2,
    gracePeriodSeconds: 300,
  },
  loadBalancer: { idleTimeoutSeconds: 3, deregistrationDelaySeconds: 30 },
  assumptions: { metricLagSeconds: 0 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'queue',
        metric: { kind: 'custom', ...metric, dimensions: {}, statistic: 'Average', targetValue: 100 },
        highAlarm: { evaluationPeriods: 1 },
        lowAlarm: { evaluationPeriods: 1 },
      },
    ],
  },
};

/** One random sequence of what happens to a twin, until it is told to stop. */
export class SoakSequence {
  /** How often each thing happened. */
  readonly counts: Record<Happening, number> = {
    deploy: 0,
    scale: 0,
    kill: 0,
    'lose-zone': 0,
    'restore-zone': 0,
  };
  readonly #client: TwinClient;
  readonly #random: Random;
  readonly #unit: 'tasks' | 'instances';
  #lostZone: string | undefined;
  #version = 1;
  #value = 100;

  constructor(
    client: TwinClient,
    { random, unit }: { readonly random: Random; readonly unit: 'tasks' | 'instances' },
  ) {
    this.#client = client;
    this.#random = random;
    this.#unit = unit;
  }

  async run(twin: TwinProcess, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !twin.hasExited) {
      await this.#happen(pick(this.#random, happenings));
      await this.#client.send('POST', '/metric-data', { ...metric, value: this.#value });
      await wait(200 + this.#random() * 600);
    }
  }

  async #happen(what: Happening): Promise<void> {
    const done = await this.#try(what);
    if (done) this.counts[what] += 1;
  }

  async #try(what: Happening): Promise<boolean> {
    switch (what) {
      case 'scale':
        this.#value = pick(this.#random, [20, 70, 100, 150, 300]);
        return true;
      case 'deploy':
        return this.#deploy();
      case 'kill':
        return this.#kill();
      case 'lose-zone':
        return this.#loseZone();
      case 'restore-zone':
        return this.#restoreZone();
    }
  }

  async #deploy(): Promise<boolean> {
    if ((await this.#client.observe()).deploymentInProgress) return false;
    this.#version += 1;
    const path = this.#unit === 'instances' ? '/instance-refreshes' : '/deployments';
    await this.#client.send('POST', path, { version: String(this.#version) });
    return true;
  }

  /** Kills a task, or loses an instance, where enough of them stay. */
  async #kill(): Promise<boolean> {
    if (this.#lostZone !== undefined) return false;
    const healthy = await this.#healthy();
    if (healthy.length < fewestBeforeFault) return false;
    const { id } = pick(this.#random, healthy);
    if (this.#unit === 'tasks') await this.#client.send('DELETE', `/tasks/${id}`);
    else await this.#client.send('POST', `/instances/${id}/kill`);
    return true;
  }

  async #loseZone(): Promise<boolean> {
    if (this.#lostZone !== undefined) return false;
    const healthy = await this.#healthy();
    if (healthy.length < fewestBeforeFault) return false;
    const zone = pick(this.#random, healthy).availabilityZone;
    const stay = healthy.filter(({ availabilityZone }) => availabilityZone !== zone);
    if (zone === null || stay.length < fewestBeforeFault - 1) return false;
    this.#lostZone = zone;
    await this.#client.send('DELETE', `/availability-zones/${zone}`);
    return true;
  }

  async #restoreZone(): Promise<boolean> {
    const zone = this.#lostZone;
    if (zone === undefined) return false;
    // A twin that has not noticed the loss would go on with the dead.
    const gone = (await this.#targets()).every(
      ({ availabilityZone, state }) => availabilityZone !== zone || state === 'PENDING',
    );
    if (!gone) return false;
    this.#lostZone = undefined;
    await this.#client.send('PUT', `/availability-zones/${zone}`);
    return true;
  }

  async #targets() {
    return this.#unit === 'tasks' ? this.#client.tasks() : this.#client.instances();
  }

  async #healthy() {
    const all = await this.#targets();
    return all.filter(
      ({ health, state }) => health === 'healthy' && (state === 'RUNNING' || state === 'InService'),
    );
  }
}
