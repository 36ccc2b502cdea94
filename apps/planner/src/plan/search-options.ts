import { number, wholeNumber } from '@tideline/process';
import type { Command } from 'commander';

/** Limits of a plan, and how long and on what it is searched. */
export interface SearchOptions {
  readonly maxShort?: number;
  readonly budget?: number;
  readonly maxTasks?: number;
  readonly heldOut: number;
  readonly candidates: number;
  readonly seconds: number;
}

export const addSearchOptions = (command: Command): Command =>
  command
    .option(
      '--max-short <percent>',
      'most requests above capacity, percent of all, such as 0.1%',
      (text: string) => number({ from: 0, to: 100 })(text.replace(/%$/, '')),
    )
    .option(
      '--budget <usd>',
      'most that tasks or instances may cost, USD a month',
      number({ above: 0, to: 1e9 }),
    )
    .option('--max-tasks <n>', 'most tasks or instances that may run', wholeNumber({ from: 1, to: 5000 }))
    .option('--held-out <percent>', 'last part of the trace, to judge on', number({ from: 10, to: 90 }), 40)
    .option('--candidates <n>', 'policies to try', wholeNumber({ from: 1, to: 100_000 }), 1000)
    .option(
      '--seconds <n>',
      'wall time after which no more are tried',
      number({ above: 0, to: 86_400 }),
      300,
    );
