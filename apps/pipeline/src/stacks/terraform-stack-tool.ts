import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type StackId, type StateLock, resourceNames } from '@tideline/config';
import { InterruptedError } from '@tideline/process';
import { type StackState, parseStackState } from '../aws/state-store.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { CommandResult } from '../process/run-process.ts';
import {
  lockProblem,
  type Policies,
  type StackChange,
  type StackImages,
  type StackPlan,
  type StackRun,
  type StackTool,
  type SynthesisFacts,
} from './stack-tool.ts';
import { Synthesis, type SynthesisOptions } from './synthesis.ts';
import {
  errorText,
  isProgress,
  lockFrom,
  plannedChange,
  plannedResources,
  refusesProvider,
  stackChange,
  valuesStillMissing,
} from './terraform-output.ts';

export interface TerraformStackToolOptions extends SynthesisOptions {
  /** Existing folder that keeps each provider once for all stacks; null where the user has one already. */
  readonly pluginCache: string | null;
  /** What a person types to have the stacks written there with the same settings. */
  readonly synthesisCommand: string;
  /** Passes on every line of every tool. */
  readonly verbose: boolean;
}

/** The first version with write-only arguments, which keep secrets out of the state (ephemeral values came with 1.10). */
const oldestTerraform = { major: 1, minor: 11 };

/** Terraform’s own name for it, in the folder that it works in. */
const erroredState = 'errored.tfstate';
const installTerraform = `Install ${oldestTerraform.major}.${oldestTerraform.minor} or newer: https://developer.hashicorp.com/terraform/install`;

/**
 * Synthesises with the program that cdktf.json names, and works on what that wrote with Terraform itself: one process to
 * pass Ctrl-C to, whose end means that the lock is released, and no start of the CDKTF CLI, which takes seconds.
 */
export class TerraformStackTool implements StackTool {
  readonly #options: TerraformStackToolOptions;
  readonly #synthesis: Synthesis;
  #initialising: Promise<unknown> = Promise.resolve();

  constructor(options: TerraformStackToolOptions) {
    this.#options = options;
    this.#synthesis = new Synthesis(options);
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

  synthesize(facts: SynthesisFacts, run: StackRun): Promise<void> {
    return this.#synthesis.write(facts, this.#commandRun(run));
  }

  async apply(stack: StackId, run: StackRun): Promise<StackChange> {
    await this.#initialise(stack, { run, args: ['-reconfigure'] });
    await this.#saveErroredState(stack, run);
    return stackChange(
      await this.#terraform(stack, { run, args: ['apply', '-auto-approve', '-input=false'] }),
    );
  }

  async destroy(stack: StackId, run: StackRun): Promise<StackChange> {
    await this.#initialise(stack, { run, args: ['-reconfigure'] });
    await this.#saveErroredState(stack, run);
    return stackChange(
      await this.#terraform(stack, { run, args: ['destroy', '-auto-approve', '-input=false'] }),
    );
  }

  async plan(stack: StackId, run: StackRun): Promise<StackPlan> {
    if (existsSync(this.#erroredState(stack)))
      throw new PipelineError(
        'TL-PIPE-ERRORED-STATE',
        `${this.#erroredState(stack)} is the newest state of stack ${stack}, which an earlier run could not save. A plan would compare with an older one. Run the command that made it again: it saves that state first`,
      );
    await this.#initialise(stack, { run, args: ['-reconfigure'] });
    const call = { run, args: ['plan', '-lock=false', '-input=false'] };
    const { exitCode, lines } = await this.#run(stack, call);
    const knownAfter = exitCode === 0 ? [] : valuesStillMissing(lines);
    if (exitCode !== 0 && knownAfter.length === 0)
      throw this.#failure(stack, { lines, exitCode, command: 'plan' });
    return { ...plannedChange(lines), resources: plannedResources(lines), knownAfter };
  }

  async migrate(stack: StackId, run: StackRun): Promise<void> {
    await this.#initialise(stack, { run, args: ['-migrate-state', '-force-copy'] });
  }

  howToUnlock(stack: StackId, lockId: string, lock: StateLock): string {
    const { out, synthesisCommand, environment } = this.#options;
    const terraform = `terraform -chdir=${join(out, 'stacks', stack)}`;
    const setting = lock === environment.state.lock ? '' : ` --set state.lock=${lock}`;
    return `${synthesisCommand}${setting} && ${terraform} init -reconfigure && ${terraform} force-unlock ${lockId}`;
  }

  policies(): Promise<Policies> {
    return this.#synthesis.policies();
  }

  async localState(): Promise<StackState | null> {
    const file = this.#localState();
    return existsSync(file) ? parseStackState(JSON.parse(await readFile(file, 'utf8'))) : null;
  }

  async forgetLocalState(): Promise<void> {
    const file = this.#localState();
    await Promise.all([file, `${file}.backup`].map((path) => rm(path, { force: true })));
  }

  /** What Terraform leaves where it could not reach the place of the state. */
  #erroredState(stack: StackId): string {
    return join(this.#options.out, 'stacks', stack, erroredState);
  }

  /**
   * Saves what an earlier run could not. Terraform refuses where the saved state is newer, or of something else.
   * @throws PipelineError TL-PIPE-ERRORED-STATE when it does
   */
  async #saveErroredState(stack: StackId, run: StackRun): Promise<void> {
    const file = this.#erroredState(stack);
    if (!existsSync(file)) return;
    run.say(`saving ${file}, which an earlier run could not save`);
    try {
      await this.#terraform(stack, { run, args: ['state', 'push', erroredState] });
    } catch (error) {
      if (!(error instanceof PipelineError) || error.code === 'TL-PIPE-LOCK') throw error;
      throw new PipelineError(
        'TL-PIPE-ERRORED-STATE',
        `${file} holds a state of stack ${stack} that an earlier run could not save, and it cannot be saved now: ${error.message}\nWhere AWS was not reachable, go on once it is. Where the saved state is newer, compare the two (terraform -chdir=${dirname(file)} show ${erroredState}), then move the file away`,
        { cause: error },
      );
    }
    await rm(file);
  }

  /** The place that libs/infra gives to the local backend. */
  #localState(): string {
    const { out, environment } = this.#options;
    return join(dirname(resolve(out)), `terraform.${resourceNames(environment).prefix}-state.tfstate`);
  }

  /** One at a time: Terraform’s cache of providers bears no two that write to it (CLI configuration, plugin_cache_dir). */
  async #initialise(stack: StackId, { run, args }: TerraformCall): Promise<void> {
    const initialised = this.#initialising.then(() =>
      this.#terraform(stack, { run, args: ['init', '-input=false', ...args] }),
    );
    this.#initialising = initialised.catch(() => undefined);
    await initialised;
  }

  async #terraform(stack: StackId, call: TerraformCall): Promise<readonly string[]> {
    const { exitCode, lines } = await this.#run(stack, call);
    if (exitCode === 0) return lines;
    throw this.#failure(stack, { lines, exitCode, command: call.args[0] ?? '' });
  }

  #run(stack: StackId, { run, args }: TerraformCall): Promise<CommandResult> {
    const { out, pluginCache, runProcess } = this.#options;
    const folder = join(out, 'stacks', stack);
    // Of `state`, the second is the command that takes options. With colours no field of a held lock would be found.
    const words = args[0] === 'state' ? 2 : 1;
    return runProcess(
      {
        file: 'terraform',
        args: [`-chdir=${folder}`, ...args.slice(0, words), '-no-color', ...args.slice(words)],
        // Each of them may write a state, or hold its lock.
        guarded: true,
        variables: {
          ...{ CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
          ...this.#collectsGarbageLessOften(),
          ...(pluginCache !== null && { TF_PLUGIN_CACHE_DIR: pluginCache }),
          ...inputVariables(run.images ?? {}),
        },
      },
      this.#commandRun(run),
    );
  }

  /**
   * Terraform and the provider spend a fifth of their CPU time on garbage: the schema of every type that AWS has is
   * decoded for each command. The heap may grow to five times what is in use (Go’s GOGC); a value of the user’s stays.
   */
  #collectsGarbageLessOften(): Readonly<Record<string, string>> {
    return (this.#options.variables.GOGC ?? '') === '' ? { GOGC: '400' } : {};
  }

  #failure(stack: StackId, { lines, exitCode, command }: FailedCall): PipelineError {
    const lock = lockFrom(lines);
    if (lock !== null)
      return lockProblem(stack, lock, { stacks: this, lock: this.#options.environment.state.lock });
    if (refusesProvider(lines))
      return new PipelineError(
        'TL-PIPE-PROVIDER',
        `the AWS provider that terraform ${command} of stack ${stack} found has a checksum that stacks/.terraform.lock.hcl does not have; Terraform did not start it. Remove it from the mirror that Terraform’s configuration names, or add its checksum for this platform: docs/troubleshooting.md\n${errorText(lines)}`,
      );
    if (command !== 'state' && existsSync(this.#erroredState(stack)))
      return new PipelineError(
        'TL-PIPE-ERRORED-STATE',
        `terraform ${command} of stack ${stack} could not save its state, and left it in ${this.#erroredState(stack)}. Keep that file: the same command saves it before anything else, once AWS is reachable:\n${errorText(lines)}`,
      );
    return new PipelineError(
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
}

/** As Terraform takes them from the environment: a stack that has no such variable does not mind. */
const inputVariables = (images: StackImages): Record<string, string> =>
  Object.fromEntries(
    Object.entries(images).flatMap(([name, image]) =>
      image === undefined ? [] : [[`TF_VAR_${name}`, image]],
    ),
  );

interface FailedCall {
  readonly lines: readonly string[];
  readonly exitCode: number;
  readonly command: string;
}

interface TerraformCall {
  readonly run: StackRun;
  readonly args: readonly string[];
}
