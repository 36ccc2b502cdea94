/** Functions that print one variable each, of those that the secrets need; empty without secrets. */
export function secretReaders(secrets: Readonly<Record<string, string>>): string {
  const readers = new Set(Object.values(secrets).map((arn) => sourceOf(arn).reader));
  return [...readers].map((reader) => `\n${functions[reader]}`).join('');
}

/** Lines that print every secret as a variable. */
export const secretLines = (secrets: Readonly<Record<string, string>>): string =>
  Object.entries(secrets)
    .map(([name, arn]) => {
      const { reader, words } = sourceOf(arn);
      return `  ${reader} ${name} ${words.map((word) => `'${word}'`).join(' ')}\n`;
    })
    .join('');

type Reader = 'secret' | 'secret_key' | 'parameter';

/** Each prints `NAME=value`. A key is taken from a secret that is JSON, as ECS takes it; Amazon Linux has Python for dnf. */
const functions: Readonly<Record<Reader, string>> = {
  secret: `secret() {
  local value
  value="$(aws secretsmanager get-secret-value --secret-id "$2" --query SecretString --output text)"
  printf '%s=%s\\n' "$1" "$value"
}
`,
  secret_key: `secret_key() {
  local value
  value="$(aws secretsmanager get-secret-value --secret-id "$2" --version-stage "$4" --query SecretString --output text |
    python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$3")"
  printf '%s=%s\\n' "$1" "$value"
}
`,
  parameter: `parameter() {
  local value
  value="$(aws ssm get-parameters --names "$2" --with-decryption --query 'Parameters[0].Value' --output text)"
  printf '%s=%s\\n' "$1" "$value"
}
`,
};

/** What reads a secret, and with which words. Behind the ARN of a secret: `:key:stage:version`. */
function sourceOf(arn: string): { readonly reader: Reader; readonly words: readonly string[] } {
  const parts = arn.split(':');
  if (parts[2] === 'ssm') return { reader: 'parameter', words: [arn] };
  const [key = '', stage = ''] = arn.startsWith('arn:') ? parts.slice(7) : [];
  if (key === '')
    return { reader: 'secret', words: [arn.startsWith('arn:') ? parts.slice(0, 7).join(':') : arn] };
  return {
    reader: 'secret_key',
    words: [parts.slice(0, 7).join(':'), key, stage === '' ? 'AWSCURRENT' : stage],
  };
}
