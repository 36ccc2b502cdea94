/*
 * Accounts for every request through random sequences of deployments, scalings, kills and zone losses, each on a twin of its own:
 * none may be lost but what the named assumptions cost. Options: --seed, --requests, --sequences, --speed (see `ranges`).
 * Exit code 1 where a request is not accounted for, 2 for a mistake in the options.
 */
import { parseArgs } from 'node:util';
import { happenings } from './soak-sequence.ts';
import { type SequenceResult, runSoak } from './run-soak.ts';

const ranges = {
  seed: { least: 0, most: 1_000_000, usual: 1 },
  requests: { least: 100, most: 10_000_000, usual: 1_000_000 },
  sequences: { least: 1, most: 1000, usual: 50 },
  speed: { least: 1, most: 240, usual: 30 },
} as const;

/** @returns undefined where an option is not a whole number within its range, which has been said */
function readOptions(): Record<keyof typeof ranges, number> | undefined {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { seed: text, requests: text, sequences: text, speed: text } });
    const read = (name: keyof typeof ranges): number => {
      const { least, most, usual } = ranges[name];
      const value = Number(values[name] ?? usual);
      if (!Number.isInteger(value) || value < least || value > most)
        throw new Error(
          `--${name}: got "${values[name] ?? ''}"; allowed: a whole number from ${least} to ${most}`,
        );
      return value;
    };
    return {
      seed: read('seed'),
      requests: read('requests'),
      sequences: read('sequences'),
      speed: read('speed'),
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

const options = readOptions();
if (options === undefined) process.exitCode = 2;
else {
  const results: SequenceResult[] = [];
  await runSoak({
    ...options,
    onSequence: (result) => {
      results.push(result);
      process.stdout.write(
        `${result.index + 1}. ${result.preset}, ${result.seconds.toFixed(0)} s: ${result.sent} requests, ${listed(result.counts)}; lost: ${listed(result.lost)}; unaccounted: ${listed(result.unaccounted)}\n`,
      );
    },
  });
  const sum = (value: (result: SequenceResult) => number): number =>
    results.reduce((total, result) => total + value(result), 0);
  const sumBy = (
    of: (result: SequenceResult) => Readonly<Record<string, number>>,
  ): Record<string, number> => {
    const total: Record<string, number> = {};
    for (const result of results)
      for (const [name, count] of Object.entries(of(result))) total[name] = (total[name] ?? 0) + count;
    return total;
  };
  const unaccounted = results.filter(({ unaccounted: kinds }) => Object.keys(kinds).length > 0);
  process.stdout.write(
    [
      `seed ${options.seed}: ${sum(({ sent }) => sent)} requests in ${results.length} sequences, ${sum(({ seconds }) => seconds).toFixed(0)} s`,
      `happened: ${listed(Object.fromEntries(happenings.map((name) => [name, sum(({ counts }) => counts[name])])))}`,
      `answered: ${sum(({ answered }) => answered)}`,
      `lost to the named assumptions: ${listed(sumBy(({ lost }) => lost))}`,
      `unaccounted: ${listed(sumBy(({ unaccounted: kinds }) => kinds))}`,
      '',
    ].join('\n'),
  );
  process.exitCode = unaccounted.length > 0 ? 1 : 0;
}
