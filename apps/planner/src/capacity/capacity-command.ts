import { defaultHeadroomPercent } from '@tideline/planner';
import {
  Interruption,
  addDescriptionOptions,
  choiceOption,
  exitCodes,
  httpUrl,
  number,
  wholeNumber,
} from '@tideline/process';
import type { AddCommand } from '../cli/program.ts';
import type { CapacityOptions } from './capacity-options.ts';

const bundleUrl = import.meta.url;

/** `capacity`: how much one task or instance carries at a latency objective. */
export const addCapacityCommand: AddCommand = (program, context) => {
  addDescriptionOptions(
    program
      .command('capacity')
      .description(
        'measure how much one task or instance carries at a latency objective, and propose targets',
      ),
    { variables: context.env },
  )
    .option(
      '--slo <objective>',
      'what must hold: one percentile with its latency, and the share of requests that may fail',
      'p99=50ms,errors=0.1%',
    )
    .option(
      '--headroom <percent>',
      'share of the capacity that stays free at the proposed targets',
      number({ from: 0, to: 90 }),
      defaultHeadroomPercent,
    )
    .option(
      '--profile <name|file>',
      'load profile whose requests are sent, at rates of this command (default: the description’s; with --url GET /)',
    )
    .option('--url <url>', 'measure what answers there instead of a twin of the description', httpUrl)
    .option(
      '--control <url>',
      'control API of the twin at --url, for CPU figures; the description must be the one it runs',
      httpUrl,
    )
    .option('--allow-remote', 'allow a --url that is not this machine; only for what is yours to load', false)
    .addOption(
      choiceOption('--from <source>', 'read CloudWatch of the running service instead; sends no load', [
        'aws',
      ]),
    )
    .option('--days <n>', 'days that --from aws looks back (default: 14)', wholeNumber({ from: 1, to: 15 }))
    .option(
      '--start <rate>',
      'requests per second of the first step (default: the target of the policies, else 10)',
      number({ from: 0.2, to: 50_000 }),
    )
    .option('--seconds <n>', 'most that the load may take', number({ from: 20, to: 7200 }), 600)
    .option('--out <file>', 'where the document goes', 'capacity.json')
    .option('--json', 'print the document on standard output, and nothing else there', false)
    .option('--quiet', 'no line for each step on standard error', false)
    .addHelpText('after', examples(context.typed('capacity')))
    .action(
      context.act(async (options: CapacityOptions) => {
        const interruption = new Interruption(process, {
          signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
          onLater: () => process.exit(exitCodes.interrupted),
          endsWithParent: true,
        });
        try {
          const { runCapacity } = await import('./run-capacity.ts');
          return await runCapacity(options, context, { bundleUrl, signal: interruption.signal });
        } finally {
          interruption.dispose();
        }
      }),
    );
};

const examples = (capacity: string): string => `
Examples:
  ${capacity} --preset load-driven
  ${capacity} --slo p95=200ms,errors=1% --set local.command='node server.js'
  ${capacity} --url http://127.0.0.1:3000 --start 50 --seconds 120
  ${capacity} --config tideline.config.yaml --from aws --json

Exit codes: 0 measured, 1 no answer (the generator, its machine or time ended it; the document says so), 2 wrong options or configuration, 3 the document could not be written, 130 interrupted.`;
