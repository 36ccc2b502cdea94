import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Environment, deploymentVariables } from '@tideline/config';
import * as z from 'zod';
import { PipelineError } from '../pipeline-error.ts';
import type { CommandRun, RunProcess } from '../process/run-process.ts';
import type { Policies, SynthesisFacts } from './stack-tool.ts';
import { stacksProgram } from './stacks-program.ts';
import { errorText } from './terraform-output.ts';

export interface SynthesisOptions {
  readonly environment: Environment;
  /** File of the resolved description: settings of the command line reach the stacks through it. */
  readonly environmentFile: string;
  /** Folder that the stacks are synthesised into. */
  readonly out: string;
  readonly accountId: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly runProcess: RunProcess;
}

/** The stacks as files, written by the program that cdktf.json names. */
export class Synthesis {
  readonly #options: SynthesisOptions;
  #written: { readonly key: string; readonly ended: Promise<void> } | null = null;

  constructor(options: SynthesisOptions) {
    this.#options = options;
  }

  /** Writes the stacks, once for the same facts. @throws PipelineError TL-PIPE-SYNTH */
  write(facts: SynthesisFacts, run: CommandRun): Promise<void> {
    const key = JSON.stringify(facts);
    if (this.#written?.key !== key) this.#written = { key, ended: this.#write(facts, run) };
    return this.#written.ended;
  }

  async #write(facts: SynthesisFacts, run: CommandRun): Promise<void> {
    const { out, runProcess } = this.#options;
    const variables = { ...this.#variables(facts), CDKTF_OUTDIR: out };
    const command = { file: process.execPath, args: stacksProgram(import.meta.url), variables };
    const { exitCode, lines } = await runProcess(command, run);
    if (exitCode !== 0)
      throw new PipelineError('TL-PIPE-SYNTH', `the synthesis ended with ${exitCode}:\n${errorText(lines)}`);
  }

  /** The documents of the policies of stack `state`, by name. */
  async policies(): Promise<Policies> {
    const file = join(this.#options.out, 'stacks', 'state', 'cdk.tf.json');
    const { resource } = synthesisedPolicies.parse(JSON.parse(await readFile(file, 'utf8')));
    return Object.fromEntries(
      Object.values(resource.aws_iam_policy).map(({ name, policy }) => [name, policy]),
    );
  }

  #variables(facts: SynthesisFacts): Record<string, string | undefined> {
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
      // Images are the choice of the pipeline, which comes after.
      ...{ TIDELINE_IMAGE: undefined, TIDELINE_LOAD_RUNNER_IMAGE: undefined },
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
