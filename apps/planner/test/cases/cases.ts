/*
 * Plans the cases that a plan is judged by: six shapes, and the traces that are given. Each is set beside a policy that tracks what
 * a task carries, on the part of the trace that was held out. Options: --trace FILE[:scale=100,unit=count,zone=UTC] (again and
 * again), --only NAME, --candidates, --seed, --json. Exit code 1 where a plan is worse in both, or the planner fails; 2 for a mistake
 * in the options.
 */
import { parseArgs } from 'node:util';
import { renderCases, summaryOf } from './case-result.ts';
import { type TraceCase, fileCase, runCases, shapeCases } from './run-cases.ts';

interface Options {
  readonly cases: readonly TraceCase[];
  readonly candidates: number;
  readonly seed: number;
  readonly json: boolean;
}

/** @returns undefined where an option is wrong, which has been said */
function readOptions(): Options | undefined {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: {
        ...{ trace: { ...text, multiple: true }, only: { ...text, multiple: true } },
        ...{ candidates: text, seed: text, json: { type: 'boolean' } },
      },
    });
    const whole = (name: 'candidates' | 'seed', { least = 0, usual = 1 }): number => {
      const value = Number(values[name] ?? usual);
      if (Number.isInteger(value) && value >= least) return value;
      throw new RangeError(`--${name}: got "${values[name] ?? ''}"; allowed: a whole number from ${least}`);
    };
    const all = [...shapeCases, ...(values.trace ?? []).map(fileCase)];
    const names = all.map(({ name }) => name);
    const unknown = values.only?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new RangeError(`--only: got ${unknown}; allowed: ${names.join(', ')}`);
    return {
      cases: all.filter(({ name }) => values.only === undefined || values.only.includes(name)),
      candidates: whole('candidates', { least: 1, usual: 1000 }),
      seed: whole('seed', {}),
      json: values.json === true,
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

const options = readOptions();
if (options === undefined) process.exitCode = 2;
else {
  const results = await runCases({
    ...options,
    onResult: ({ name, reached, wallSeconds }) =>
      process.stderr.write(`${name}: ${reached.join(' and ') || 'no'}, ${wallSeconds.toFixed(0)} s\n`),
  });
  const summary = summaryOf(results);
  process.stdout.write(
    options.json ? `${JSON.stringify({ summary, cases: results }, null, 2)}\n` : renderCases(results),
  );
  process.exitCode = summary.worseInBoth.length === 0 ? 0 : 1;
}
