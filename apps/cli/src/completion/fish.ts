import type { CompletedCommand, CompletedOption } from './completed-command.ts';

/** For fish 3 and later. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, summary, words, options }) => {
    const after = `complete -c tideline -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c tideline -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...(words.length === 0 ? [] : [`${after} -a '${words.join(' ')}'`]),
      ...options.map((option) => `${after} ${optionFlags(option)}`),
    ];
  });
  return `# Completion of tideline for fish: tideline completion fish
complete -c tideline -f
${lines.join('\n')}
`;
}

function optionFlags({ name, summary, value }: CompletedOption): string {
  const long = `-l ${name.slice(2)} -d ${quoted(summary)}`;
  if (value === null) return long;
  if (typeof value !== 'string') return `${long} -x -a '${value.join(' ')}'`;
  if (value === 'text') return `${long} -x`;
  return `${long} -r ${value === 'folder' ? "-a '(__fish_complete_directories)'" : '-F'}`;
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
