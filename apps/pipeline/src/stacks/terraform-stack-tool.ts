import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Environment, type StackId, deploymentVariables, resourceNames } from '@tideline/config';
import { InterruptedError } from '@tideline/process';
import { z } from 'zod';
import { type StackState, parseStackState } from '../aws/state-store.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { CommandResult, RunProcess } from '../process/run-process.ts';
import {
  lockProblem,
  type Policies,
  type StackChange,
  type StackPlan,
  type StackRun,
  type StackTool,
  type SynthesisFacts,
} from './stack-tool.ts';
import {
  errorText,
  isProgress,
  lockFrom,
  plannedChange,
  plannedResources,
  stackChange,
} from './terraform-output.ts';

export interface TerraformStackToolOptions {
  readonly environment: Environment;
  /** File of the resolved description: settings of the command line reach the stacks through it. */
  readonly environmentFile: string;
  /** Folder that the stacks are synthesised into. */
  readonly out: string;
  readonly accountId: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly runProcess: RunProcess;
  /** Existing folder that keeps each provider once for all stacks; null where the user has one already. */
  readonly pluginCache: string | null;
  /** What a person types to have the stacks written there with the same settings. */
  readonly synthesisCommand: string;
  /** Passes on every line of every tool. */
  readonly verbose: boolean;
}

/** The first version with write-only arguments, which keep secrets out of the state (ephemeral values came with 1.10). */
const oldestTerraform = { major: 1, minor: 11 };

const installTerraform = `Install ${oldestTerraform.major}.${oldestTerraform.minor} or newer: https://developer.hashicorp.com/terraform/install`;

/**
 * Synthesises with the program that cdktf.json names, and works on what that wrote with Terraform itself: one process to
 * pass Ctrl-C to, whose end means that the lock is released, and no start of the CDKTF CLI, which takes seconds.
 */
export class TerraformStackTool implements StackTool {
  readonly #options: TerraformStackToolOptions;
  #synthesised: string | null = null;

  constructor(options: TerraformStackToolOptions) {
    this.#options = options;
  }

  async version(signal: AbortSignal): Promise<string> {
    let result: CommandResult;
    try {
      result = await this.#options.runProcess({ file: 'terraform', args: ['version', '-json'] }, { signal });
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      throw new PipelineError('TL-PIPE-TERRAFORM', `terraform is not on PATH. ${installTerraform}`, {
        cause: error,
      });
    }
    const version = /"terraform_version":\s*"([^"]+)"/.exec(result.stdout)?.[1] ?? 'unknown';
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const recent =
      major > oldestTerraform.major || (major === oldestTerraform.major && minor >= oldestTerraform.minor);
    if (recent) return version;
    throw new PipelineError('TL-PIPE-TERRAFORM', `terraform ${version} is too old. ${installTerraform}`);
  }

  async synthesize(facts: SynthesisFacts, run: StackRun): Promise<void> {
    const key = JSON.stringify(facts);
    if (this.#synthesised === key) return;
    const { out, runProcess } = this.#options;
    const result = await runProcess(
      {
        file: process.execPath,
        args: ['--import', 'tsx', join('stacks', 'main.ts')],
        variables: { ...this.#synthesisVariables(facts), CDKTF_OUTDIR: out },
      },
      this.#commandRun(run),
    );
    if (result.exitCode !== 0)
      throw new PipelineError(
        'TL-PIPE-SYNTH',
        `the synthesis ended with ${result.exitCode}:\n${errorText(result.lines)}`,
      );
    this.#synthesised = key;
  }

  async apply(stack: StackId, run: StackRun): Promise<StackChange> {
    await this.#initialise(stack, { run, args: ['-reconfigure'] });
    return stackChange(
      await this.#terraform(stack, { run, args: ['apply', '-auto-approve', '-input=false'] }),
    );
  }

  async destroy(stack: StackId, run: StackRun): Promise<StackChange> {
    await this.#initialise(stack, { run, args: ['-reconfigure'] });
    return stackChange(
      await this.#terraform(stack, { run, args: ['destroy', '-auto-approve', '-input=false'] }),
    );
  }

  async plan(stack: StackId, run: StackRun): Promise<StackPlan> {
    await this.#initialise(stack, { run, args: ['-reconfigure'] });
    const lines = await this.#terraform(stack, { run, args: ['plan', '-lock=false', '-input=false'] });
    return { ...plannedChange(lines), resources: plannedResources(lines) };
  }

  async migrate(stack: StackId, run: StackRun): Promise<void> {
    await this.#initialise(stack, { run, args: ['-migrate-state', '-force-copy'] });
  }

  howToUnlock(stack: StackId, lockId: string): string {
    const { out, synthesisCommand } = this.#options;
    const terraform = `terraform -chdir=${join(out, 'stacks', stack)}`;
    return `${synthesisCommand} && ${terraform} init -reconfigure && ${terraform} force-unlock ${lockId}`;
  }

  async policies(): Promise<Policies> {
    const file = join(this.#options.out, 'stacks', 'state', 'cdk.tf.json');
    const { resource } = synthesisedPolicies.parse(JSON.parse(await readFile(file, 'utf8')));
    return Object.fromEntries(
      Object.values(resource.aws_iam_policy).map(({ name, policy }) => [name, policy]),
    );
  }

  async localState(): Promise<StackState | null> {
    const file = this.#localState();
    return existsSync(file) ? parseStackState(JSON.parse(await readFile(file, 'utf8'))) : null;
  }

  async forgetLocalState(): Promise<void> {
    const file = this.#localState();
    await Promise.all([file, `${file}.backup`].map((path) => rm(path, { force: true })));
  }

  /** The place that libs/infra gives to the local backend. */
  #localState(): string {
    const { out, environment } = this.#options;
    return join(dirname(resolve(out)), `terraform.${resourceNames(environment).prefix}-state.tfstate`);
  }

  async #initialise(stack: StackId, { run, args }: TerraformCall): Promise<void> {
    await this.#terraform(stack, { run, args: ['init', '-input=false', ...args] });
  }

  async #terraform(stack: StackId, { run, args }: TerraformCall): Promise<readonly string[]> {
    const { out, pluginCache, runProcess } = this.#options;
    const folder = join(out, 'stacks', stack);
    const [command = '', ...rest] = args;
    const { exitCode, lines } = await runProcess(
      {
        file: 'terraform',
        args: [`-chdir=${folder}`, command, '-no-color', ...rest],
        variables: {
          ...{ CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
          ...(pluginCache !== null && { TF_PLUGIN_CACHE_DIR: pluginCache }),
        },
      },
      this.#commandRun(run),
    );
    if (exitCode === 0) return lines;
    const lock = lockFrom(lines);
    if (lock !== null) throw lockProblem(stack, lock, this);
    throw new PipelineError(
      'TL-PIPE-STACK',
      `terraform ${command} of stack ${stack} ended with ${exitCode}:\n${errorText(lines)}`,
    );
  }

  #commandRun({ signal, say }: StackRun) {
    const { verbose } = this.#options;
    return {
      signal,
      onLine: (line: string): void => {
        if (verbose || isProgress(line)) say(line);
      },
    };
  }

  #synthesisVariables(facts: SynthesisFacts): Record<string, string | undefined> {
    const { environment, environmentFile, accountId, variables } = this.#options;
    // Fields that variables set are in the file already; there, a setting of the command line has won over them.
    const fields = Object.keys(variables).filter(
      (name) => name.startsWith('TIDELINE_') && !(name in deploymentVariables),
    );
    return {
      ...Object.fromEntries(fields.map((name) => [name, undefined])),
      AWS_ACCOUNT_ID: accountId,
      CHECKPOINT_DISABLE: '1',
      CI: '1',
      TIDELINE_PRESET: environment.preset,
      TIDELINE_CONFIG: environmentFile,
      TIDELINE_IMAGE: facts.image,
      TIDELINE_LOAD_RUNNER_IMAGE: facts.loadRunnerImage,
      TIDELINE_STATE_BACKEND: facts.stateBackend,
      ...(facts.unprotectState === true && { TIDELINE_PROTECTION__STATE: 'false' }),
    };
  }
}

/** The part of a synthesised stack that names policies. */
const synthesisedPolicies = z.looseObject({
  resource: z.looseObject({
    aws_iam_policy: z.record(z.string(), z.looseObject({ name: z.string(), policy: z.string() })),
  }),
});

interface TerraformCall {
  readonly run: StackRun;
  readonly args: readonly string[];
}
