import { choiceOption, number } from '@tideline/process';
import type { Command } from 'commander';
import { cutTrace } from '../cut-trace.ts';
import type { Trace } from '../trace.ts';
import { traceError } from '../trace-codes.ts';
import {
  type TraceCommandOptions,
  addTraceOptions,
  readingArguments,
  traceFromOptions,
} from './trace-options.ts';

const arrivalKinds = ['even', 'poisson'] as const;

/** The options of a command that drives a trace as load. */
export interface ReplayCommandOptions extends TraceCommandOptions {
  readonly traceFrom?: string;
  readonly traceTo?: string;
  readonly traceSpeed?: number;
  readonly arrivals?: (typeof arrivalKinds)[number];
}

/** A trace as load. */
export interface Replay {
  /** The chosen part, its rates scaled. */
  readonly trace: Trace;
  /** How many seconds of the trace pass in one of the load; above 1 load grows faster than it did. */
  readonly speed: number;
}

/** Adds `--trace`, what says how it is read, and what says how it is driven. */
export const addReplayOptions = (command: Command): Command =>
  addTraceOptions(command)
    .option(
      '--trace-from <time>',
      'drive the trace from here on: 2026-03-01T08:00:00Z, or +36h from its start',
    )
    .option('--trace-to <time>', 'drive the trace up to here: a time, or +48h from its start')
    .option(
      '--trace-speed <n>',
      'seconds of the trace in one cloud second; above 1, load grows faster than it did, and scaling looks slower than it is',
      number({ above: 0, to: 1000 }),
    )
    .addOption(
      choiceOption(
        '--arrivals <kind>',
        'requests at even distances, or at random ones as of many independent clients (default: even for a trace)',
        arrivalKinds,
      ),
    );

/** The trace that is to be driven; null where the options name none. @throws UsageError */
export async function replayFromOptions(options: ReplayCommandOptions): Promise<Replay | null> {
  if (options.trace === undefined) {
    const [given] = replayArguments(options).filter(
      (argument) => argument.startsWith('--') && !['--seed', '--arrivals'].includes(argument),
    );
    if (given === undefined) return null;
    throw traceError(
      'TL-TRACE-OPTION',
      `got ${given} without --trace; add --trace FILE|SHAPE, or leave it out`,
    );
  }
  const { traceFrom: from, traceTo: to, traceSpeed: speed = 1 } = options;
  return { trace: cutTrace(await traceFromOptions(options), { from, to }), speed };
}

/** The same options as arguments, to pass them on to another program. */
export function replayArguments(options: ReplayCommandOptions): string[] {
  const values = {
    '--trace': options.trace,
    '--scale': options.scale,
    '--seed': options.seed,
    ...readingArguments(options),
    '--trace-from': options.traceFrom,
    '--trace-to': options.traceTo,
    '--trace-speed': options.traceSpeed,
    '--arrivals': options.arrivals,
  };
  return Object.entries(values).flatMap(([option, value]) =>
    value === undefined ? [] : [option, String(value)],
  );
}
