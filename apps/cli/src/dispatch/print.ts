import { notWritten, watchOutput } from '@tideline/process/commands';

interface Text {
  readonly text: string;
  readonly exitCode: number;
}

/** Prints what was asked for on standard output, and what was refused on standard error, and sets the exit code. */
export async function print({ text, exitCode }: Text, self: NodeJS.Process): Promise<void> {
  self.exitCode = exitCode;
  const onLost = ({ message }: Error): void => {
    self.stderr.write(`tideline: ${message}\n`);
    self.exitCode = notWritten;
  };
  watchOutput(self.stdout, { onLost, onGone: onLost });
  const stream = exitCode === 0 ? self.stdout : self.stderr;
  await new Promise((resolve) => stream.write(text, resolve));
}
