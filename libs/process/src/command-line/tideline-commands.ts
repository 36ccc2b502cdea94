/** Groups of the help, in its order. */
export const commandGroups = [
  'Your service',
  'On this machine',
  'Your traffic',
  'On AWS',
  'Around it',
] as const;

/** A command of `tideline`. */
export interface TidelineCommand {
  readonly name: string;
  readonly group: (typeof commandGroups)[number];
  readonly summary: string;
  /** Folder of the project whose bundle does it. */
  readonly project: string;
  /** Script of the workspace’s package.json that starts the same bundle; null where there is none. */
  readonly script: string | null;
  /** What the bundle is given before the user’s own arguments. */
  readonly args: readonly string[];
}

const own = { project: 'apps/cli', script: null } as const;
const twin = { group: 'On this machine', project: 'apps/twin', script: 'twin' } as const;
const planner = { group: 'Your traffic', project: 'apps/planner', script: 'planner' } as const;
const pipeline = { group: 'On AWS', project: 'apps/pipeline', script: 'pipeline' } as const;

/** The commands that there are, in the order of the help. */
export const tidelineCommands: readonly TidelineCommand[] = [
  {
    ...{ ...own, name: 'init', group: 'Your service', args: ['init'] },
    summary: 'describe the service of this folder in tideline.config.*',
  },
  {
    ...{ ...own, name: 'import', group: 'Your service', args: ['import'] },
    summary: 'describe a service of Copilot, ECS or Compose',
  },
  { ...twin, name: 'up', args: ['up'], summary: 'start the service on this machine, scaled as AWS would' },
  { ...twin, name: 'run', args: ['run'], summary: 'the same under load, until it has scaled in; judges it' },
  { ...twin, name: 'release', args: ['release'], summary: 'release the next version under a steady load' },
  {
    ...{ name: 'load', group: 'On this machine', project: 'apps/load-runner', script: 'load', args: [] },
    summary: 'drive a load profile at a URL, and judge the answers',
  },
  {
    ...{ ...planner, name: 'capacity', args: ['capacity'] },
    summary: 'how much one task or instance carries at a latency objective',
  },
  {
    ...planner,
    name: 'simulate',
    args: ['simulate'],
    summary: 'run the description over a trace, in virtual time',
  },
  { ...planner, name: 'plan', args: ['plan'], summary: 'find the policy for your traffic, and judge it' },
  { ...planner, name: 'compare', args: ['compare'], summary: 'set runs or simulations against each other' },
  {
    ...{ name: 'cost', group: 'On AWS', project: 'apps/cost', script: 'cost', args: [] },
    summary: 'what it costs on AWS in a month',
  },
  {
    ...{ ...own, name: 'synth', group: 'On AWS', args: ['synth'] },
    summary: 'write the Terraform configuration; deploys nothing',
  },
  { ...pipeline, name: 'bootstrap', args: ['bootstrap'], summary: 'once: state bucket, locks, deploy role' },
  { ...pipeline, name: 'deploy', args: ['deploy'], summary: 'bring it up to date; --first creates it' },
  { ...pipeline, name: 'status', args: ['status'], summary: 'what exists, how it is, what scaling did' },
  { ...pipeline, name: 'destroy', args: ['destroy'], summary: 'take it down; the state stays' },
  { ...pipeline, name: 'pipeline', args: [], summary: 'the single steps: plan, smoke, load from inside AWS' },
  {
    ...{ ...own, name: 'doctor', group: 'Around it', args: ['doctor'] },
    summary: 'which tools and rights are here, and what for',
  },
  {
    ...{ ...own, name: 'completion', group: 'Around it', args: ['completion'] },
    summary: 'print the completion of bash, zsh or fish',
  },
];
