import type { CompletedCommand, CompletedOption } from './completed-command.ts';

/** For zsh, as a function that is found by its file’s name, `_tideline`. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${escaped(summary)}'\n`);
  const cases = commands.map(({ name, words, options }) => {
    const specs = [
      ...(words.length === 0 ? [] : [`'1:word:(${words.join(' ')})'`]),
      ...options.map(optionSpec),
    ];
    return `    ${name})\n      _arguments ${specs.join(' \\\n        ')}\n      ;;\n`;
  });
  return `#compdef tideline
# Completion of tideline for zsh: tideline completion zsh
_tideline() {
  local -a commands
  commands=(
${described.join('')}  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('')}  esac
}
_tideline "$@"
`;
}

function optionSpec({ name, summary, value }: CompletedOption): string {
  const what = `'*${name}[${escaped(summary)}]`;
  if (value === null) return `${what}'`;
  if (typeof value !== 'string') return `${what}:value:(${value.join(' ')})'`;
  const action = { file: '_files', folder: '_files -/' }[value] ?? '';
  return `${what}:${value}:${action}'`;
}

const escaped = (text: string): string =>
  text.replaceAll("'", '’').replaceAll(/[\\[\]:]/g, (character) => `\\${character}`);
