import type { DescriptionOptions } from '@tideline/process';

/** What the pipeline does. */
export const commandNames = [
  'bootstrap',
  'init',
  'deploy',
  'destroy',
  'plan',
  'status',
  'smoke',
  'load',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What options that are not typed come to. */
export const optionDefaults = { out: 'cdktf.out', smokeDeadline: 180, deadline: 7200 } as const;

/** The command line as typed, each value of the right type and range; options that a command lacks have their default. */
export interface CommandOptions extends DescriptionOptions {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly out: string;
  readonly from?: string;
  readonly to?: string;
  readonly dryRun?: boolean;
  /** True: the file that GITHUB_STEP_SUMMARY names. */
  readonly summary?: string | true;
  /** True: the file that GITHUB_OUTPUT names. */
  readonly builtImages?: string | true;
  readonly base?: string;
  readonly baseImage?: string;
  readonly url?: string;
  readonly steadyDeadline?: number;
  readonly smokeDeadline?: number;
  readonly environmentName?: string;
  readonly withState?: boolean;
  readonly convertPreset?: boolean;
  readonly whereDeployed?: boolean;
  /** Load profile of `load`, a name or a file. @default that of the description */
  readonly profile?: string;
  /** Seconds that a run of `load` may take. */
  readonly deadline?: number;
}
