/** A program that this one started did not do what it was started for; the message ends with what that said. Exit code 1. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';
}
