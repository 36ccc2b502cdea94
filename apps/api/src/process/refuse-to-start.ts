/** Ends the process because of how it was set up: says what is wrong on standard error; exit code 2. */
export function refuseToStart(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
