import type { CompletedCommand } from './completed-command.ts';

/** For bash 3.2, which macOS has, and later. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap(({ name: option, value }) =>
      value === null ? [] : [`    '${name} ${option}') ${reply(value)}; return ;;\n`],
    ),
  );
  const words = commands.map(
    ({ name, words: own, options }) =>
      `    ${name}) words='${[...own, ...options.map((option) => option.name)].join(' ')}' ;;\n`,
  );
  return `# Completion of tideline for bash: tideline completion bash
_tideline() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local command='' words='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    if [[ "\${COMP_WORDS[index]}" != -* ]]; then
      command="\${COMP_WORDS[index]}"
      break
    fi
  done
  COMPREPLY=()
  case "$command $previous" in
${values.join('')}  esac
  case "$command" in
    '') words='${commands.map(({ name }) => name).join(' ')} --help --version' ;;
${words.join('')}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _tideline tideline
`;
}

function reply(value: readonly string[] | string): string {
  if (typeof value !== 'string') return `COMPREPLY=($(compgen -W '${value.join(' ')}' -- "$current"))`;
  if (value === 'text') return ':';
  return `COMPREPLY=($(compgen -${value === 'folder' ? 'd' : 'f'} -- "$current"))`;
}
