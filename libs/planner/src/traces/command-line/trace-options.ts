import { choiceOption, number, wholeNumber } from '@tideline/process';
import type { Command } from 'commander';
import type { MetricReads } from '../cloudwatch/metric-reads.ts';
import { requestCountTrace } from '../cloudwatch/request-count.ts';
import { type TraceOptions, openTrace, scaledTrace } from '../open-trace.ts';
import { traceUnits } from '../series/even-steps.ts';
import { gapRules } from '../series/fill-gaps.ts';
import { duplicateRules } from '../series/tidy-samples.ts';
import { parseShape, shapeNames } from '../shapes/create-shape.ts';
import { traceFormats } from '../sources/trace-format.ts';
import type { Trace } from '../trace.ts';
import { traceError } from '../trace-codes.ts';

/** The options that say which trace a command is about, as commander parses them. */
export interface TraceCommandOptions {
  readonly trace?: string;
  readonly scale?: number;
  readonly seed?: number;
  readonly traceFormat?: TraceOptions['format'];
  readonly traceColumn?: string;
  readonly traceTimeColumn?: string;
  readonly traceDelimiter?: string;
  readonly traceUnit?: TraceOptions['unit'];
  readonly tracePeriod?: number;
  readonly traceZone?: string;
  readonly traceDuplicates?: TraceOptions['duplicates'];
  readonly traceGaps?: TraceOptions['gaps'];
  readonly from?: 'aws';
  readonly loadBalancer?: string;
  readonly targetGroup?: string;
  readonly days?: number;
  readonly region?: string;
}

/** Adds `--trace` and what says how it is read, `--scale` and `--seed`. */
export function addTraceOptions(command: Command): Command {
  return command
    .option(
      '--trace <file|shape>',
      `your traffic: CSV, CloudWatch JSON or access logs (a file, a folder or a pattern), or a shape: ${shapeNames.join(', ')}, with parameters as in daily:low=10,high=200`,
    )
    .option(
      '--scale <n>',
      'multiply the rates of the trace; its time is never stretched',
      number({ above: 0, to: 1_000_000 }),
    )
    .option(
      '--seed <n>',
      'seed of all that is random (default: 1)',
      wholeNumber({ from: 0, to: 4_294_967_295 }),
    )
    .addOption(choiceOption('--trace-format <name>', 'format, where its content does not tell', traceFormats))
    .option('--trace-column <name|n>', 'column with the values, by its name or its number from 1')
    .option('--trace-time-column <name|n>', 'column with the times')
    .option('--trace-delimiter <character>', 'what is between columns; \\t is a tab')
    .addOption(
      choiceOption(
        '--trace-unit <unit>',
        'what a value is: requests in its period, or per second',
        traceUnits,
      ),
    )
    .option(
      '--trace-period <seconds>',
      'length of a step; more values in it are put together',
      number({ above: 0, to: 604_800 }),
    )
    .option('--trace-zone <zone>', 'zone of times that have none, such as Europe/Madrid (default: UTC)')
    .addOption(
      choiceOption(
        '--trace-duplicates <rule>',
        'what different values of one time come to (default: refuse)',
        duplicateRules,
      ),
    )
    .addOption(
      choiceOption(
        '--trace-gaps <rule>',
        'what is put into missing steps (default: estimate for CSV, else zero)',
        gapRules,
      ),
    );
}

/** Adds `--from aws` and what says whose requests are read; for commands that can ask AWS. */
export function addAwsTraceOptions(command: Command): Command {
  return command
    .addOption(
      choiceOption('--from <source>', 'in place of --trace: aws reads RequestCount from CloudWatch', ['aws']),
    )
    .option('--load-balancer <arn|app/name/id>', 'whose requests; with --from aws')
    .option('--target-group <arn|targetgroup/name/id>', 'only those of one target group; with --from aws')
    .option('--days <n>', 'how far back, days; with --from aws (default: 14)', number({ above: 0, to: 454 }))
    .option('--region <region>', 'AWS region; with --from aws (default: AWS_REGION, or that of the profile)');
}

/** How a trace comes from AWS; tests give a fake. */
export interface AwsTraceSource {
  /** @param region undefined: as the AWS SDK finds it */
  openReads(region: string | undefined): Promise<MetricReads>;
  now(): Date;
}

/**
 * The trace that the options name.
 * @param aws where `--from aws` may be given
 * @throws UsageError TL-TRACE-OPTION where they name none or two, and those of `openTrace`
 */
export async function traceFromOptions(options: TraceCommandOptions, aws?: AwsTraceSource): Promise<Trace> {
  const { from, trace, loadBalancer, targetGroup, days, region } = options;
  const given = Object.entries({
    '--load-balancer': loadBalancer,
    '--target-group': targetGroup,
    '--days': days,
    '--region': region,
  });
  const awsOption = given.find(([, value]) => value !== undefined);
  if (from === undefined) {
    if (awsOption !== undefined)
      throw traceError(
        'TL-TRACE-OPTION',
        `got ${awsOption.join(' ')} without --from aws; add --from aws, or leave it out`,
      );
    if (trace === undefined)
      throw traceError(
        'TL-TRACE-OPTION',
        `got no trace; add --trace FILE, or --trace with one of the shapes ${shapeNames.join(', ')}`,
      );
    const shape = parseShape(trace);
    if (shape !== undefined) refuseReading(options, `the shape ${shape.name}`);
    return openTrace(trace, readingOptions(options));
  }
  if (trace !== undefined)
    throw traceError('TL-TRACE-OPTION', `got --trace ${trace} and --from aws; give one of the two`);
  if (loadBalancer === undefined || aws === undefined)
    throw traceError(
      'TL-TRACE-OPTION',
      'got --from aws without --load-balancer; add the balancer whose requests are meant',
    );
  refuseReading(options, '--from aws', ['--trace-period', '--trace-gaps']);
  const resource = { loadBalancer, targetGroup, days, now: aws.now() };
  const { scale, periodSeconds, gaps } = readingOptions(options);
  return scaledTrace(
    await requestCountTrace(await aws.openReads(region), resource, { periodSeconds, gaps }),
    scale,
  );
}

/** The options that say how files are read, as they are given. */
export const readingArguments = (options: TraceCommandOptions) => ({
  '--trace-format': options.traceFormat,
  '--trace-column': options.traceColumn,
  '--trace-time-column': options.traceTimeColumn,
  '--trace-delimiter': options.traceDelimiter,
  '--trace-unit': options.traceUnit,
  '--trace-period': options.tracePeriod,
  '--trace-zone': options.traceZone,
  '--trace-duplicates': options.traceDuplicates,
  '--trace-gaps': options.traceGaps,
});

/** Options that say how files are read would have no effect on what is read from none. @throws UsageError TL-TRACE-OPTION */
function refuseReading(options: TraceCommandOptions, source: string, allowed: readonly string[] = []): void {
  const given = Object.entries(readingArguments(options)).find(
    ([option, value]) => value !== undefined && !allowed.includes(option),
  );
  if (given !== undefined)
    throw traceError(
      'TL-TRACE-OPTION',
      `got ${given.join(' ')} and ${source}: it says how files are read, and none is; leave it out`,
    );
}

function readingOptions(options: TraceCommandOptions): TraceOptions {
  return {
    seed: options.seed,
    scale: options.scale,
    format: options.traceFormat,
    column: options.traceColumn,
    timeColumn: options.traceTimeColumn,
    delimiter: options.traceDelimiter === '\\t' ? '\t' : options.traceDelimiter,
    unit: options.traceUnit,
    periodSeconds: options.tracePeriod,
    zone: options.traceZone,
    duplicates: options.traceDuplicates,
    gaps: options.traceGaps,
  };
}
