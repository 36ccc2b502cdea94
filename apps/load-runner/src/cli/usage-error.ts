/** The user asked for something that cannot be done: what, what was got, what is allowed, how to fix it. Exit code 2. */
export class UsageError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(`${code} ${message}`, options);
    this.name = 'UsageError';
    this.code = code;
  }
}
