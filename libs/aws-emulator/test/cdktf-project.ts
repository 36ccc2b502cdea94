import { join } from 'node:path';
import { type PlannedDifference, plannedDifferences } from './planned-differences.ts';
import { type FinishedProcess, type RunningProcess, startProcess } from './run-process.ts';

/** Lines of a failed command’s output that its error repeats. */
const keptLines = 60;

export interface CdktfProjectOptions {
  /** The folder of cdktf.json. */
  readonly root: string;
  /** Where the stacks are synthesised to. */
  readonly output: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The project as its user drives it: by cdktf, and by Terraform in the folders that cdktf synthesised. */
export class CdktfProject {
  readonly #options: CdktfProjectOptions;

  constructor(options: CdktfProjectOptions) {
    this.#options = options;
  }

  /** Starts `cdktf <verb> <stacks>`; `settings` are further environment variables. */
  start(args: readonly string[], settings: Readonly<Record<string, string>> = {}): RunningProcess {
    const { root, output } = this.#options;
    const cdktf = join(root, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf');
    const command = [cdktf, ...args, '--output', output, '--no-color'];
    return startProcess(process.execPath, command, { cwd: root, env: this.#env(settings) });
  }

  /** @throws Error with the end of its output when cdktf fails */
  async cdktf(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<string> {
    return successful(`cdktf ${args.join(' ')}`, await this.start(args, settings).finished);
  }

  /** @throws Error with the end of its output when Terraform fails */
  async terraform(stack: string, args: readonly string[]): Promise<string> {
    return successful(`terraform ${args.join(' ')} (${stack})`, await this.#terraform(stack, args));
  }

  /**
   * What an apply of the stack would change now. When that is nothing, the state then holds what is there as Terraform
   * reads it (an empty list for a null, say), so that later comparisons of states show changes alone.
   */
  async plan(stack: string): Promise<readonly PlannedDifference[]> {
    const args = ['plan', '-input=false', '-lock=false', '-detailed-exitcode', '-out=second.tfplan'];
    const plan = await this.#terraform(stack, args);
    if (plan.exitCode === 0) {
      await this.terraform(stack, ['apply', '-input=false', '-no-color', 'second.tfplan']);
      return [];
    }
    if (plan.exitCode !== 2) successful(`terraform plan (${stack})`, plan);
    const shown = await this.terraform(stack, ['show', '-json', 'second.tfplan']);
    return plannedDifferences(shown.slice(shown.indexOf('{')));
  }

  async #terraform(stack: string, args: readonly string[]): Promise<FinishedProcess> {
    const { root, output } = this.#options;
    const command = [`-chdir=${join(output, 'stacks', stack)}`, ...args];
    return startProcess('terraform', command, { cwd: root, env: this.#env({}) }).finished;
  }

  /** Settings of the shell that runs the tests must not change what is tested. */
  #env(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('TIDELINE_') && name !== 'NODE_OPTIONS',
    );
    return { ...Object.fromEntries(inherited), CI: '1', ...this.#options.environment, ...settings };
  }
}

function successful(command: string, { exitCode, output }: FinishedProcess): string {
  if (exitCode === 0) return output;
  const end = output.trimEnd().split('\n').slice(-keptLines).join('\n');
  throw new Error(`${command} ended with ${exitCode ?? 'a signal'}:\n${end}`);
}
