import { join } from 'node:path';
import { type PlannedDifference, plannedDifferences } from './planned-differences.ts';
import { type FinishedProcess, startProcess, successful } from './run-process.ts';

export interface ProjectOptions {
  /** The folder of cdktf.json. */
  readonly root: string;
  /** Where the stacks are synthesised to. */
  readonly output: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Terraform in the folders of synthesised stacks. */
export class TerraformStacks {
  readonly #options: ProjectOptions;

  constructor(options: ProjectOptions) {
    this.#options = options;
  }

  /** @throws Error with the end of its output when Terraform fails */
  async run(stack: string, args: readonly string[]): Promise<string> {
    return successful(`terraform ${args.join(' ')} (${stack})`, await this.#start(stack, args));
  }

  /**
   * What an apply of the stack would change now. When that is nothing, the state then holds what is there as Terraform
   * reads it (an empty list for a null, say), so that later comparisons of states show changes alone.
   */
  async plan(stack: string): Promise<readonly PlannedDifference[]> {
    const args = ['plan', '-input=false', '-lock=false', '-detailed-exitcode', '-out=second.tfplan'];
    const plan = await this.#start(stack, args);
    if (plan.exitCode === 0) {
      await this.run(stack, ['apply', '-input=false', '-no-color', 'second.tfplan']);
      return [];
    }
    if (plan.exitCode !== 2) successful(`terraform plan (${stack})`, plan);
    const shown = await this.run(stack, ['show', '-json', 'second.tfplan']);
    return plannedDifferences(shown.slice(shown.indexOf('{')));
  }

  async #start(stack: string, args: readonly string[]): Promise<FinishedProcess> {
    const { root, output, environment } = this.#options;
    const command = [`-chdir=${join(output, 'stacks', stack)}`, ...args];
    return startProcess('terraform', command, { cwd: root, env: projectEnvironment(environment) }).finished;
  }
}

/** Settings of the shell that runs the tests must not change what is tested. */
export function projectEnvironment(
  ...environments: readonly Readonly<Record<string, string>>[]
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('TIDELINE_') && name !== 'NODE_OPTIONS',
  );
  return Object.assign(Object.fromEntries(inherited), { CI: '1' }, ...environments) as NodeJS.ProcessEnv;
}
