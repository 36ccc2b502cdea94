import { join } from 'node:path';
import { type PlannedDifference } from './planned-differences.ts';
import { type RunningProcess, startProcess, successful } from './run-process.ts';
import { type Deployment, type StackProject } from './stack-project.ts';
import { type ProjectOptions, TerraformStacks, projectEnvironment } from './terraform-stacks.ts';

const unattended = ['--auto-approve', '--skip-provider-lock'];

/** The project as its user drives it: by cdktf, which starts a provider for every command. */
export class CdktfProject implements StackProject {
  readonly #options: ProjectOptions;
  readonly terraform: TerraformStacks;

  constructor(options: ProjectOptions) {
    this.#options = options;
    this.terraform = new TerraformStacks(options);
  }

  async deploy(stacks: readonly string[], deployment: Deployment = {}): Promise<void> {
    const { finished } = this.start('deploy', stacks, deployment);
    successful(`cdktf deploy ${stacks.join(' ')}`, await finished);
  }

  async destroy(stacks: readonly string[]): Promise<void> {
    successful(`cdktf destroy ${stacks.join(' ')}`, await this.start('destroy', stacks).finished);
  }

  plan(stack: string): Promise<readonly PlannedDifference[]> {
    return this.terraform.plan(stack);
  }

  /** Starts `cdktf <verb> <stacks>`. */
  start(
    verb: 'deploy' | 'destroy',
    stacks: readonly string[],
    { settings, migratesState = false }: Deployment = {},
  ): RunningProcess {
    const { root, output, environment } = this.#options;
    const command = [
      join(root, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf'),
      ...[verb, ...stacks, ...unattended, '--output', output, '--no-color'],
      ...(settings === undefined ? ['--skip-synth'] : []),
      ...(migratesState ? ['--migrate-state'] : []),
    ];
    const env = projectEnvironment(environment, settings ?? {});
    return startProcess(process.execPath, command, { cwd: root, env });
  }
}
