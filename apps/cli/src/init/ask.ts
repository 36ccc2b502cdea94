import { createInterface } from 'node:readline/promises';
import { firstFact, type GivenFacts } from './detect/detect-service.ts';
import { validPort } from './detect/dockerfile.ts';
import type { Source } from './detect/service-facts.ts';

/** Asks a person. @returns the answer, empty for the proposal */
export type Ask = (question: string) => Promise<string>;

/** Undefined where no user could answer: standard input is no terminal. */
export function terminalAsk(): Ask | undefined {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return undefined;
  return async (question) => {
    const lines = createInterface({ input: stdin, output: stderr });
    try {
      return (await lines.question(question)).trim();
    } finally {
      lines.close();
    }
  };
}

interface Known {
  readonly sources: readonly Source[];
  readonly ask: Ask | undefined;
}

/** The options, with a person’s answers for those that were not given. */
export async function completedByAnswers(given: GivenFacts, { sources, ask }: Known): Promise<GivenFacts> {
  if (ask === undefined) return given;
  const command = firstFact(sources, 'command')?.value ?? '';
  const port = firstFact(sources, 'port')?.value ?? 3000;
  const answers = {
    command:
      given.command ??
      (await ask(`Command that starts it on this machine [${command || 'none: the image'}]: `)),
    port: given.port ?? validPort(await ask(`Port that it listens on [${port}]: `)) ?? port,
    health: given.health ?? (await ask('Path that answers 200 while it is well [none]: ')),
  };
  return {
    ...{ ...given, port: answers.port },
    ...(answers.command === '' ? {} : { command: answers.command }),
    ...(answers.health === '' ? {} : { health: answers.health }),
  };
}
