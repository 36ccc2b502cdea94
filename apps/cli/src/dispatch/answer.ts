import { nearestName } from '@tideline/config/nearest-name';
import type { TidelineCommand } from '@tideline/process/commands';
import { helpText } from './help-text.ts';

/** What a command line asks for: a text of the dispatcher itself, or a command with its arguments. */
export type Answer =
  | { readonly kind: 'text'; readonly text: string; readonly exitCode: 0 | 2 }
  | { readonly kind: 'start'; readonly command: TidelineCommand; readonly args: readonly string[] };

export interface AnswerFacts {
  readonly commands: readonly TidelineCommand[];
  /** How a person typed it, up to the command. */
  readonly typedAs: string;
  readonly version: string;
}

/** @param typed the arguments behind `tideline` */
export function answerTo(typed: readonly string[], facts: AnswerFacts): Answer {
  const [word, ...rest] = typed;
  // The help itself is the answer where a command is missing.
  if (word === undefined) return { kind: 'text', text: helpText(facts), exitCode: 2 };
  if (word === 'help' && rest[0] !== undefined) return answerTo([rest[0], '--help'], facts);
  if (['help', '--help', '-h'].includes(word)) return { kind: 'text', text: helpText(facts), exitCode: 0 };
  if (word === '--version' || word === '-V')
    return { kind: 'text', text: `tideline ${facts.version}\n`, exitCode: 0 };
  const command = facts.commands.find(({ name }) => name === word);
  if (command !== undefined) return { kind: 'start', command, args: rest };
  return { kind: 'text', text: refusal(typed, facts), exitCode: 2 };
}

function refusal([word = '', ...rest]: readonly string[], { commands, typedAs }: AnswerFacts): string {
  const names = commands.map(({ name }) => name);
  const behind = rest.find((other) => names.includes(other));
  if (word.startsWith('-') && behind !== undefined)
    return `tideline: options follow the command: ${typedAs} ${behind} ${word}\n`;
  const known = word.startsWith('-') ? ['--help', '--version'] : names;
  const nearest = nearestName(word, known);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  const what = word.startsWith('-') ? 'option' : 'command';
  return `tideline: unknown ${what} '${word}'${hint} Allowed: ${known.join(', ')}\nAdd --help for what each does.\n`.replace(
    /' Allowed/,
    "'. Allowed",
  );
}
