/** What a problem means to the user: the work failed, or it must not start like this. */
export type ProblemKind = 'failed' | 'refused';

/**
 * An expected problem, in the user’s words: what, what was got, what is allowed, how to fix it.
 * `refused` is found before anything is changed (exit code 2); `failed` is what the work came to (exit code 1).
 */
export class PipelineError extends Error {
  readonly code: PipelineErrorCode;
  readonly kind: ProblemKind;

  constructor(code: PipelineErrorCode, message: string, options?: ErrorOptions) {
    super(`${code} ${message}`, options);
    this.name = 'PipelineError';
    this.code = code;
    this.kind = pipelineErrorCodes[code].kind;
  }
}

const refused = (meaning: string) => ({ kind: 'refused', meaning }) as const;
const failed = (meaning: string) => ({ kind: 'failed', meaning }) as const;

/** Every code, with its meaning; docs/troubleshooting.md lists the same. */
export const pipelineErrorCodes = {
  'TL-PIPE-USAGE': refused('An option does not fit the command.'),
  'TL-PIPE-ACCOUNT': refused('The credentials belong to another account, or none is named.'),
  'TL-PIPE-CREDENTIALS': refused('AWS credentials are missing, expired or not accepted.'),
  'TL-PIPE-TERRAFORM': refused('Terraform is missing or too old.'),
  'TL-PIPE-PROVIDER': refused('The AWS provider found has a checksum that the lock file does not have.'),
  'TL-PIPE-BOOTSTRAP': refused('The environment was not bootstrapped, or not to the end.'),
  'TL-PIPE-PRESET': refused('The environment was made from another preset.'),
  'TL-PIPE-RIGHTS': refused('The bootstrap granted less than this description needs.'),
  'TL-PIPE-ZONES': refused('The account does not have an Availability Zone that the description names.'),
  'TL-PIPE-LOCK': refused('Another run holds the lock of a stack’s state.'),
  'TL-PIPE-LOCK-CHANGE': refused('The states are locked in another place than the description says.'),
  'TL-PIPE-NAME': refused('The name given to destroy is not the environment’s.'),
  'TL-PIPE-PROTECTED': refused('A setting protects what destroy would delete.'),
  'TL-PIPE-NO-SERVICE': refused('There is no service to deploy to.'),
  'TL-PIPE-ORDER': refused('An earlier step has not run yet.'),
  'TL-PIPE-RELEASE-RUNNING': refused('CodeDeploy is releasing something else already.'),
  'TL-PIPE-CONTEXT': refused('The folder or the Dockerfile that the image is built from is not there.'),
  'TL-PIPE-ENGINE': refused('No container engine answers here.'),
  'TL-PIPE-BASE-IMAGE': failed('The container engine works, and cannot pull the base image.'),
  'TL-PIPE-LOAD-TASK': refused('The load runner’s task or its image is not deployed.'),
  'TL-PIPE-AWS': failed('AWS refused a call, or did not answer it.'),
  'TL-PIPE-IMAGE': failed('An image could not be built or pushed.'),
  'TL-PIPE-IMAGE-DIGEST': failed('The registry does not have the image that was built, by its digest.'),
  'TL-PIPE-SYNTH': failed('The stacks could not be synthesised.'),
  'TL-PIPE-STACK': failed('Terraform failed on a stack.'),
  'TL-PIPE-ERRORED-STATE': failed('Terraform could not save a stack’s state, and left it in a file.'),
  'TL-PIPE-STATE': failed('An object in the state bucket is damaged.'),
  'TL-PIPE-ROLLOUT': failed('The service did not reach its steady state.'),
  'TL-PIPE-RELEASE': failed('A blue/green release failed and was rolled back, or did not end.'),
  'TL-PIPE-SMOKE': failed('The service did not answer as it should.'),
  'TL-PIPE-LOAD-START': failed('The load runner’s task did not start.'),
  'TL-PIPE-LOAD-DIED': failed('The load runner’s task ended without a record.'),
  'TL-PIPE-LOAD-RECORD': failed('The record that the task left cannot be read.'),
  'TL-PIPE-LOAD-TIME': failed('The run took longer than its deadline, or could not be stopped.'),
} satisfies Record<`TL-PIPE-${string}`, { readonly kind: ProblemKind; readonly meaning: string }>;

export type PipelineErrorCode = keyof typeof pipelineErrorCodes;
