/**
 * The user asked for something that cannot be done: what, what was got, what is allowed, how to fix it. Exit code 2.
 * A mistake in the command line itself has no code; every other one has a code that the documentation lists.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: string | null;

  constructor(code: string | null, message: string, options?: ErrorOptions) {
    super(code === null ? message : `${code} ${message}`, options);
    this.code = code;
  }
}
