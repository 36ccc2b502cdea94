/** What a problem means to whoever started the pipeline: the work failed, or it must not start like this. */
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

/** Every code, with its meaning; docs/troubleshooting.md lists the same. */
export const pipelineErrorCodes = {
  'TL-PIPE-USAGE': { kind: 'refused', meaning: 'An option does not fit the command.' },
  'TL-PIPE-ACCOUNT': {
    kind: 'refused',
    meaning: 'The credentials belong to another account, or none is named.',
  },
  'TL-PIPE-CREDENTIALS': {
    kind: 'refused',
    meaning: 'AWS credentials are missing, expired or not accepted.',
  },
  'TL-PIPE-TERRAFORM': { kind: 'refused', meaning: 'Terraform is missing or too old.' },
  'TL-PIPE-BOOTSTRAP': { kind: 'refused', meaning: 'The state bucket does not exist yet.' },
  'TL-PIPE-LOCK': { kind: 'refused', meaning: 'Somebody else holds the lock of a stack’s state.' },
  'TL-PIPE-NAME': { kind: 'refused', meaning: 'The name given to destroy is not the environment’s.' },
  'TL-PIPE-PROTECTED': { kind: 'refused', meaning: 'A setting protects what destroy would delete.' },
  'TL-PIPE-NO-SERVICE': { kind: 'refused', meaning: 'There is no service to deploy to.' },
  'TL-PIPE-ORDER': { kind: 'refused', meaning: 'An earlier step has not run yet.' },
  'TL-PIPE-RELEASE-RUNNING': {
    kind: 'refused',
    meaning: 'CodeDeploy is releasing something else already.',
  },
  'TL-PIPE-ENGINE': { kind: 'refused', meaning: 'No container engine answers here.' },
  'TL-PIPE-AWS': { kind: 'failed', meaning: 'AWS refused a call, or did not answer it.' },
  'TL-PIPE-IMAGE': { kind: 'failed', meaning: 'An image could not be built or pushed.' },
  'TL-PIPE-SYNTH': { kind: 'failed', meaning: 'The stacks could not be synthesised.' },
  'TL-PIPE-STACK': { kind: 'failed', meaning: 'Terraform failed on a stack.' },
  'TL-PIPE-ROLLOUT': { kind: 'failed', meaning: 'The service did not reach its steady state.' },
  'TL-PIPE-RELEASE': {
    kind: 'failed',
    meaning: 'A blue/green release failed and was rolled back, or did not end.',
  },
  'TL-PIPE-SMOKE': { kind: 'failed', meaning: 'The service did not answer as it should.' },
} as const satisfies Record<`TL-PIPE-${string}`, { readonly kind: ProblemKind; readonly meaning: string }>;

export type PipelineErrorCode = keyof typeof pipelineErrorCodes;
