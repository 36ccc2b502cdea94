import { randomFrom } from '@tideline/scaling';
import { TwinClient, TwinProcess } from '../twin-process.ts';
import { SoakLoad } from './soak-load.ts';
import { type Happening, SoakSequence, computeOptions, soakDescription } from './soak-sequence.ts';

export interface SoakOptions {
  readonly seed: number;
  readonly requests: number;
  readonly sequences: number;
  /** Cloud seconds per wall second. */
  readonly speed: number;
  readonly onSequence: (sequence: SequenceResult) => void;
}

/** One sequence, with every request accounted for. */
export interface SequenceResult {
  readonly index: number;
  readonly preset: string;
  readonly counts: Readonly<Record<Happening, number>>;
  readonly sent: number;
  readonly answered: number;
  /** Lost to faults on purpose, as `fault kind`. */
  readonly lost: Readonly<Record<string, number>>;
  /** Failures that clients saw less losses that faults account for, by kind; where it is not empty, the twin has lost requests. */
  readonly unaccounted: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Runs random sequences of deployments, scalings, kills and zone losses, each on a twin of its own and under load. */
export async function runSoak({ seed, requests, sequences, speed, onSequence }: SoakOptions): Promise<void> {
  let left = requests;
  for (let index = 0; index < sequences; index += 1) {
    const share = Math.ceil(left / (sequences - index));
    left -= share;
    onSequence(await runSequence({ seed: seed * 1000 + index, index, requests: share, speed }));
  }
}

async function runSequence({
  seed,
  index,
  requests,
  speed,
}: {
  readonly seed: number;
  readonly index: number;
  readonly requests: number;
  readonly speed: number;
}): Promise<SequenceResult> {
  const startedAt = performance.now();
  const random = randomFrom(seed);
  const options = computeOptions(random);
  const twin = await TwinProcess.prepared({ 'soak.json': JSON.stringify(soakDescription) }, [
    ...['up', '--json', '--speed', String(speed), ...options, '--config', 'soak.json'],
  ]);
  try {
    const client = await TwinClient.of(twin);
    const { unit } = await client.observe();
    const load = new SoakLoad(Number(new URL(client.url).port));
    const sequence = new SoakSequence(client, { random, unit: unit === 'instance' ? 'instances' : 'tasks' });
    const over = new AbortController();
    const happening = sequence.run(twin, over.signal);
    happening.catch(() => undefined);
    await load.send(requests);
    over.abort();
    await happening;
    load.close();
    const { faultCosts = [] } = await client.observe();
    const lost: Record<string, number> = {};
    const unaccounted: Record<string, number> = {};
    for (const [kind, count] of load.outcomes) if (kind !== '200') unaccounted[kind] = count;
    for (const { fault, onPurpose, lost: kinds } of faultCosts)
      for (const [kind, count] of Object.entries(kinds)) {
        if (!onPurpose) continue;
        lost[`${fault} ${kind}`] = count;
        unaccounted[kind] = (unaccounted[kind] ?? 0) - count;
      }
    return {
      index,
      preset: options[1] ?? '',
      counts: sequence.counts,
      sent: load.sent,
      answered: load.outcomes.get('200') ?? 0,
      lost,
      unaccounted: Object.fromEntries(Object.entries(unaccounted).filter(([, count]) => count !== 0)),
      seconds: (performance.now() - startedAt) / 1000,
    };
  } finally {
    await twin.remove();
  }
}
