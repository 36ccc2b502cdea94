import { createInterface } from 'node:readline';
import { InterruptedError } from '@tideline/process';
import { firstFact, type GivenFacts } from './detect/detect-service.ts';
import { validPort } from './detect/dockerfile.ts';
import type { Source } from './detect/service-facts.ts';

/** The parts of Node’s process by which a person answers; tests give their own. */
interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Questions are no part of what the command prints. */
  readonly stderr: NodeJS.WritableStream;
}

interface Known {
  readonly sources: readonly Source[];
  readonly terminal: Terminal;
}

/** A question, and what its answer is taken for. */
interface Question<Value> {
  readonly text: string;
  /** Undefined where the answer is not allowed; an empty answer is never asked. */
  readonly read: (answer: string) => Value | undefined;
  /** What is allowed, for the person who is asked again. */
  readonly allowed: string;
}

/**
 * The options, with a person’s answers for those that were not given. Where standard input is no terminal nobody is asked; an
 * empty answer leaves it to what files say.
 * @throws InterruptedError when the person ends the input, by Ctrl-C or Ctrl-D
 */
export async function completedByAnswers(
  given: GivenFacts,
  { sources, terminal: { stdin, stderr } }: Known,
): Promise<GivenFacts> {
  if (stdin.isTTY !== true) return given;
  const lines = createInterface({ input: stdin, output: stderr });
  // All answers are read by one iterator: lines that are pasted at once wait in it for their questions.
  const answers = lines[Symbol.asyncIterator]();
  const ask = async <Value>({ text, read, allowed }: Question<Value>): Promise<Value | undefined> => {
    for (;;) {
      lines.setPrompt(text);
      lines.prompt();
      const line = await answers.next();
      if (line.done === true) throw new InterruptedError();
      const answer = line.value.trim();
      if (answer === '') return undefined;
      const value = read(answer);
      if (value !== undefined) return value;
      stderr.write(`got "${answer}"; allowed: ${allowed}\n`);
    }
  };
  try {
    const command = given.command ?? (await ask(commandQuestion(sources)));
    const port = given.port ?? (await ask(portQuestion(sources)));
    const health = given.health ?? (await ask(healthQuestion));
    return {
      ...given,
      ...(command === undefined ? {} : { command }),
      ...(port === undefined ? {} : { port }),
      ...(health === undefined ? {} : { health }),
    };
  } finally {
    lines.close();
  }
}

const commandQuestion = (sources: readonly Source[]): Question<string> => ({
  text: `Command that starts it on this machine [${firstFact(sources, 'command')?.value ?? 'none: the image'}]: `,
  read: (answer) => answer,
  allowed: 'any command',
});

const portQuestion = (sources: readonly Source[]): Question<number> => ({
  text: `Port that it listens on [${firstFact(sources, 'port')?.value ?? 3000}]: `,
  read: (answer) => validPort(answer) ?? undefined,
  allowed: 'a whole number from 1 to 65535',
});

const healthQuestion: Question<string> = {
  text: 'Path that answers 200 while it is well [none]: ',
  read: (answer) => (answer.startsWith('/') ? answer : undefined),
  allowed: 'a path that starts with /, such as /health',
};
