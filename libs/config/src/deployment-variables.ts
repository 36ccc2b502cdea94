/**
 * Environment variables that begin with `TIDELINE_` and are no field of the description:
 * programs that deploy read them, and every reader of the description leaves them alone.
 */
export const deploymentVariables = {
  TIDELINE_PRESET:
    'Preset that the stacks, and commands without `--preset`, start from. Default: load-driven.',
  TIDELINE_CONFIG: 'Configuration file that is laid over the preset, where a command is given no `--config`.',
  TIDELINE_IMAGE: 'Image of the backend, best by digest. Default: the tag `bootstrap` of its repository.',
  TIDELINE_LOAD_RUNNER_IMAGE:
    'Image of the load runner, best by digest. Default: the tag `bootstrap` of its repository.',
  TIDELINE_STATE_BACKEND:
    '`local` keeps the state of the `state` stack in a file, until its bucket exists; `s3-without-table` locks it in S3 alone, until its lock table exists. Default: `s3`.',
  TIDELINE_ENGINE:
    'Program that runs `local.container` on one machine: docker, podman, or another that takes their commands. Default: the first of docker and podman that works.',
} as const satisfies Record<`TIDELINE_${string}`, string>;

export type DeploymentVariable = keyof typeof deploymentVariables;
