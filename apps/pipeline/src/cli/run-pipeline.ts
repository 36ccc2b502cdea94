import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Environment, environmentStackIds, resourceNames, stackIds } from '@tideline/config';
import {
  InterruptedError,
  Interruption,
  appendWhole,
  checkOutputFile,
  checkOutputFolder,
  describedEnvironment,
  namedDescription,
  exitCodes,
  writeWhole,
  messageOf,
  spokenName,
  typedCommand,
} from '@tideline/process';
import { awsProblem } from '../aws/aws-problem.ts';
import { type CommandSteps, commandSteps, statusNeeds } from '../commands/command-steps.ts';
import { requireFilesToGo } from '../commands/destroy.ts';
import { runningService } from '../deployed/running-service.ts';
import type { Pipeline } from '../pipeline.ts';
import { PipelineError } from '../pipeline-error.ts';
import { confirmDestroy } from '../preflight/confirm-destroy.ts';
import { readAccountId, preflight } from '../preflight/preflight.ts';
import { requireNoRelease } from '../rollout/other-release.ts';
import { markdownSummary, stepProgress } from '../steps/report-steps.ts';
import type { Step, StepReport } from '../steps/step.ts';
import { collectStatus } from '../status/collect-status.ts';
import { formatStatus } from '../status/format-status.ts';
import { runSteps, type StepsResult } from '../steps/run-steps.ts';
import { selectSteps } from '../steps/select-steps.ts';
import type { CommandName, CommandOptions } from './command-options.ts';
import { goOn } from './command-line.ts';
import { openPipeline } from './open-pipeline.ts';
import { pipelineCommand } from './program.ts';
import { showLoad } from './show-load.ts';

interface Terminal {
  readonly program: NodeJS.Process;
  readonly signal: AbortSignal;
}

/**
 * Runs one command until its end, or until the user asks to stop. Every wish means the same: what runs is asked to end once,
 * and is waited for, because Terraform that is killed keeps its lock and forgets what it has made.
 * @returns the exit code. @throws PipelineError, ConfigurationError, InterruptedError
 */
export async function runInterruptibly(
  command: CommandName,
  options: CommandOptions,
  program: NodeJS.Process,
): Promise<number> {
  const onWish = (): void => {
    const name = spokenName(pipelineCommand, program);
    program.stderr.write(`${name}: stopping; what runs is asked to end, and is waited for\n`);
  };
  const interruption = new Interruption(program, {
    onFirst: onWish,
    onLater: onWish,
    endsWithParent: true,
  });
  try {
    return await runPipeline(command, options, { program, signal: interruption.signal });
  } catch (error) {
    throw awsProblem(error);
  } finally {
    interruption.dispose();
  }
}

/** Runs one command to its end. @returns the exit code. @throws PipelineError, ConfigurationError for what is refused */
async function runPipeline(command: CommandName, typed: CommandOptions, terminal: Terminal): Promise<number> {
  const { env } = terminal.program;
  checkOutputs(typed, env);
  const environment = await describedEnvironment(typed, env);
  // What a later command is told to start from, wherever it runs.
  const { config } = await namedDescription(typed, env);
  const options = { ...typed, config, preset: environment.preset };
  const accountId = options.dryRun === true ? (env.AWS_ACCOUNT_ID ?? 'unset') : readAccountId(env);
  const folder = await mkdtemp(join(tmpdir(), 'tideline-pipeline-'));
  try {
    const environmentFile = join(folder, 'environment.json');
    writeWhole(environmentFile, JSON.stringify(environment));
    const pipeline = openPipeline(options, { environment, environmentFile, accountId, variables: env });
    if (command === 'status') return await showStatus(pipeline, options, terminal);
    if (command === 'load') return await showLoad(pipeline, options, terminal);
    const withState = options.withState === true ? 'with-state' : 'keep-state';
    const plan = commandSteps(pipeline, { name: command, withState });
    return await runPlan(plan, { ...terminal, command, options, pipeline });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The name of a file is what an option says, or the variable that stands for it; undefined: none is written. */
const namedFile = (option: string | true | undefined, variable: string | undefined): string | undefined => {
  const file = option === true ? variable : option;
  return file === '' ? undefined : file;
};

/** A summary that cannot be written would be said after a deployment of half an hour. */
function checkOutputs({ out, summary, builtImages }: CommandOptions, env: NodeJS.ProcessEnv): void {
  checkOutputFolder('--out', out);
  const files = {
    '--summary': namedFile(summary, env.GITHUB_STEP_SUMMARY),
    '--built-images': namedFile(builtImages, env.GITHUB_OUTPUT),
  };
  for (const [option, file] of Object.entries(files)) if (file !== undefined) checkOutputFile(option, file);
}

async function showStatus(
  pipeline: Pipeline,
  { json }: CommandOptions,
  { program, signal }: Terminal,
): Promise<number> {
  await preflight(pipeline, statusNeeds, signal);
  const status = await collectStatus(pipeline);
  program.stdout.write(json ? `${JSON.stringify(status)}\n` : formatStatus(status));
  return exitCodes.done;
}

interface PlanRun extends Terminal {
  readonly command: CommandName;
  readonly options: CommandOptions;
  readonly pipeline: Pipeline;
}

async function runPlan({ steps: all, needs }: CommandSteps, run: PlanRun): Promise<number> {
  const { command, options, pipeline, program, signal } = run;
  const steps = selectSteps(all, options);
  if (options.dryRun === true) return showSteps(steps, run);
  if (command === 'destroy') await confirm(pipeline.environment, options, run);
  // What goes on from a later step was compared when it began.
  const rights = steps[0] === all[0] ? needs.rights : 'not-needed';
  await preflight(pipeline, { ...needs, rights }, signal);
  // Known before the first stack goes: a step that refuses later leaves half an environment.
  if (command === 'destroy' && steps.some(({ id }) => id === 'files')) await requireFilesToGo(pipeline);
  // ECS deletes no service in the middle of a release.
  if (command === 'destroy' && steps.some(({ id }) => id === 'service')) await requireNoRelease(pipeline);
  if (options.whereDeployed === true && (await runningService(pipeline)) === null)
    return nothingToDeploy(run);
  const listener = stepProgress((text) => program.stderr.write(text));
  const result = await runSteps(steps, { signal, clock: pipeline.clock, listener });
  // What was done is said before a summary that cannot be written ends the command.
  const exitCode = report(result, run);
  summarise(result.reports, run);
  nameBuiltImages(run);
  return exitCode;
}

/** What would run, of what this description has. */
function showSteps(steps: readonly Step[], { command, options, pipeline, program }: PlanRun): number {
  const { environment, accountId, images } = pipeline;
  const { prefix } = resourceNames(environment);
  const without = stackIds.filter((stack) => !environmentStackIds(environment).includes(stack));
  const plan = steps
    .filter(({ id }) => !without.some((stack) => stack === id))
    .map(({ id, title }) => ({ id, title }));
  const place = { accountId, region: environment.region, images: images.map(({ repository }) => repository) };
  const rows = plan.map(
    ({ id, title }, index) => `${String(index + 1).padStart(3)}. ${id.padEnd(14)} ${title}\n`,
  );
  program.stdout.write(
    options.json
      ? `${JSON.stringify({ command, environment: prefix, ...place, steps: plan })}\n`
      : `${command} of ${prefix} in account ${accountId}, ${place.region}, images ${place.images.join(' and ')}, would run\n${rows.join('')}`,
  );
  return exitCodes.done;
}

/** Before init and after a destroy a push is no mistake. */
function nothingToDeploy(run: PlanRun): number {
  const { command, options, pipeline, program } = run;
  const environment = resourceNames(pipeline.environment).prefix;
  const notice = `nothing was deployed: ${environment} has no service. For the first deployment: ${typedCommand('pipeline', 'init', program.env)}`;
  const isJob = program.env.GITHUB_ACTIONS === 'true';
  if (options.json)
    program.stdout.write(`${JSON.stringify({ command, environment, passed: true, steps: [], notice })}\n`);
  // As GitHub shows it on the page of the run.
  else if (isJob) program.stdout.write(`::notice::${notice}\n`);
  else program.stderr.write(`${notice}\n`);
  summarise([{ id: 'deploy', title: notice, outcome: 'skipped', detail: notice, seconds: 0 }], run);
  return exitCodes.done;
}

async function confirm(
  environment: Environment,
  { environmentName }: CommandOptions,
  { program: { stdin, stderr }, signal }: Terminal,
): Promise<void> {
  // Ctrl-C, Ctrl-D and a signal end the input: that is no answer.
  const ask = async (question: string): Promise<string> => {
    const lines = createInterface({ input: stdin, output: stderr, signal });
    try {
      lines.setPrompt(question);
      lines.prompt();
      for await (const line of lines) return line;
      throw new InterruptedError();
    } finally {
      lines.close();
    }
  };
  await confirmDestroy(environment, { passed: environmentName, ask: stdin.isTTY ? ask : undefined });
}

function summarise(reports: readonly StepReport[], { command, options, pipeline, program }: PlanRun): void {
  const file = namedFile(options.summary, program.env.GITHUB_STEP_SUMMARY);
  if (file === undefined) return;
  const { environment } = pipeline;
  const head = { command, environment: resourceNames(environment).prefix, preset: environment.preset };
  appendWhole(file, markdownSummary(head, reports));
}

/** For the steps of a job that attest what was built. */
function nameBuiltImages({ options, pipeline, program }: PlanRun): void {
  const file = namedFile(options.builtImages, program.env.GITHUB_OUTPUT);
  if (file === undefined || pipeline.builtImages.size === 0) return;
  const lines = [...pipeline.builtImages].flatMap(([app, image]) => {
    const [name = '', digest = ''] = image.split('@');
    return [`${app}-name=${name}\n`, `${app}-digest=${digest}\n`];
  });
  appendWhole(file, lines.join(''));
}

function report({ reports, seconds, stopped }: StepsResult, run: PlanRun): number {
  const { command, options, pipeline, program } = run;
  const { error, resumeAt } = stopped ?? {};
  if (options.json) {
    const environment = resourceNames(pipeline.environment).prefix;
    const failure = stopped === undefined ? {} : { resumeAt, error: messageOf(error) };
    program.stdout.write(
      `${JSON.stringify({ command, environment, passed: stopped === undefined, steps: reports, ...failure })}\n`,
    );
  }
  if (stopped === undefined) {
    program.stderr.write(`${command} is done: ${reports.length} steps in ${seconds.toFixed(0)} s\n`);
    return exitCodes.done;
  }
  const again = goOn({ command, options, variables: program.env }, stopped.resumeAt);
  const interrupted = error instanceof InterruptedError;
  program.stderr.write(
    `${spokenName(pipelineCommand, program)}: step ${stopped.resumeAt} ${interrupted ? 'was interrupted' : 'failed'}. Go on with: ${again}\n`,
  );
  if (interrupted) return exitCodes.interrupted;
  if (!(error instanceof PipelineError) && error instanceof Error)
    program.stderr.write(`${error.stack ?? ''}\n`);
  // A step that refuses after others have worked has not kept everything as it was.
  const worked = reports.some(({ outcome }) => outcome === 'done' || outcome === 'skipped');
  const refused = error instanceof PipelineError && error.kind === 'refused' && !worked;
  return refused ? exitCodes.usage : exitCodes.failed;
}
