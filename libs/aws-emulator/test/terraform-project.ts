import { join } from 'node:path';
import { type PlannedDifference } from './planned-differences.ts';
import { startProcess, successful } from './run-process.ts';
import { type Deployment, type StackProject } from './stack-project.ts';
import { type ProjectOptions, TerraformStacks, projectEnvironment } from './terraform-stacks.ts';

/** A line of a plan, and the type of the resource that it is about. */
const replacement = /^ *# (\w+)\.\S+ (?:must|will) be replaced/gm;

/** The project without the CDKTF command line: its program synthesises, and Terraform does the rest. */
export class TerraformProject implements StackProject {
  readonly #options: ProjectOptions;
  readonly #terraform: TerraformStacks;
  readonly #initialised = new Set<string>();

  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#terraform = new TerraformStacks(options);
  }

  /** @returns stack and type of each resource in whose place another one came */
  async deploy(
    stacks: readonly string[],
    { settings, migratesState = false }: Deployment = {},
  ): Promise<readonly string[]> {
    const replaced: string[] = [];
    if (settings !== undefined) await this.#synthesise(settings);
    for (const stack of stacks) {
      if (migratesState || !this.#initialised.has(stack)) {
        const backend = migratesState ? ['-migrate-state', '-force-copy'] : [];
        await this.#terraform.run(stack, ['init', '-input=false', ...backend]);
        this.#initialised.add(stack);
      }
      const output = await this.#terraform.run(stack, [
        'apply',
        '-input=false',
        '-no-color',
        '-auto-approve',
      ]);
      for (const [, type = ''] of output.matchAll(replacement)) replaced.push(`${stack} ${type}`);
    }
    return replaced;
  }

  async destroy(stacks: readonly string[]): Promise<void> {
    for (const stack of stacks.toReversed())
      await this.#terraform.run(stack, ['destroy', '-input=false', '-auto-approve']);
  }

  plan(stack: string): Promise<readonly PlannedDifference[]> {
    return this.#terraform.plan(stack);
  }

  async #synthesise(settings: Readonly<Record<string, string>>): Promise<void> {
    const { root, output, environment } = this.#options;
    const env = projectEnvironment(environment, settings, { CDKTF_OUTDIR: output });
    const program = [join('tools', 'run.mjs'), 'stacks'];
    successful('the synthesis', await startProcess(process.execPath, program, { cwd: root, env }).finished);
  }
}
