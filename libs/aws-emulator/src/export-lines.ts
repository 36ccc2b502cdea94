/** What a shell runs to take over the emulator’s environment; the programs come before those that it has already. */
export function exportLines({
  environment,
  programs,
}: {
  readonly environment: Readonly<Record<string, string>>;
  readonly programs: string;
}): readonly string[] {
  const variables = Object.entries(environment).filter(([name]) => name !== 'PATH');
  return [
    ...variables.map(([name, value]) => `export ${name}=${quoted(value)}`),
    `export PATH=${programs}:"$PATH"`,
  ];
}

/** As the shell takes it for one plain text. */
const quoted = (value: string): string =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
