import { httpUrl, wholeNumber } from '@tideline/process';
import { type Command, Option } from 'commander';
import { optionDefaults } from './command-options.ts';
import { steadyDeadlineText } from './steady-deadline.ts';

const seconds = wholeNumber({ from: 1, to: 7200, of: 'seconds' });
const longSeconds = wholeNumber({ from: 1, to: 86_400, of: 'seconds' });

const urlOption = (): Option =>
  new Option('--url <url>', 'where the service answers, instead of the balancer or the HTTP API').argParser(
    httpUrl,
  );

/** What every command but `load` prints, and where it leaves the stacks. */
export const withOutput = (command: Command): Command =>
  command
    .option('--convert-preset', 'convert an environment that was made from another preset to this one', false)
    .option('--json', 'print one JSON document on standard output, and nothing else there', false)
    .option('--verbose', 'pass on every line of every tool', false)
    .addOption(
      new Option('--out <dir>', 'folder that the stacks are synthesised into')
        .env('CDKTF_OUTDIR')
        .default(optionDefaults.out),
    );

/** Which steps run, and how they are told. */
export const withSteps = (command: Command): Command =>
  command
    .option('--from <step>', 'begin with this step')
    .option('--to <step>', 'end after this step')
    .option('--dry-run', 'print the plan of steps, and do nothing', false)
    .option(
      '--summary [file]',
      'append a Markdown table of the steps to a file (default: $GITHUB_STEP_SUMMARY)',
    );

/** What is built and brought up, and how it is asked whether it answers. */
export const withRollout = (command: Command): Command =>
  withSmoke(
    command
      .option('--base <commit>', 'commit to compare with, instead of the one deployed last')
      .option(
        '--built-images [file]',
        'append what was built to a file, as <app>-name and <app>-digest (default: $GITHUB_OUTPUT)',
      )
      .option('--base-image <image>', 'base image of the Dockerfiles (BASE_IMAGE)')
      .option(
        '--steady-deadline <seconds>',
        `time for the service to become steady (default: ${steadyDeadlineText})`,
        seconds,
      ),
  );

/** Where the service is asked whether it answers, and for how long. */
export const withSmoke = (command: Command): Command =>
  command
    .addOption(urlOption().env('SMOKE_URL'))
    .option(
      '--smoke-deadline <seconds>',
      'time for the service to answer',
      seconds,
      optionDefaults.smokeDeadline,
    );

/** What a run of load inside AWS is. */
export const withLoad = (command: Command): Command =>
  command
    .option('--profile <name|file>', 'load profile (default: load.profile of the description)')
    .addOption(urlOption())
    .option(
      '--deadline <seconds>',
      'time for the whole run, which is stopped then',
      longSeconds,
      optionDefaults.deadline,
    )
    .option('--out <dir>', 'folder that the run’s folder is made in', 'reports')
    .option('--json', 'print one JSON document on standard output, and nothing else there', false)
    .option('--summary [file]', 'append the report in Markdown to a file (default: $GITHUB_STEP_SUMMARY)');
