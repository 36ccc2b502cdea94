import type { ServiceFacts } from './service-facts.ts';

interface Stage {
  readonly name: string | null;
  readonly variables: Map<string, string>;
  port: number | null;
}

/**
 * What a Dockerfile says: the port of the stage that is built, and the names of its stages.
 * @param target stage that is built; undefined is the last one
 */
export function readDockerfile(text: string, target?: string): Pick<ServiceFacts, 'port' | 'stages'> {
  const stages: Stage[] = [];
  const global = new Map<string, string>();
  for (const line of instructions(text)) {
    const [word = '', ...rest] = line.split(/\s+/);
    const stage = stages.at(-1);
    const keyword = word.toUpperCase();
    if (keyword === 'FROM') stages.push(stageOf(rest, stages, global));
    else if (keyword === 'ARG' || keyword === 'ENV') remember(rest, stage?.variables ?? global);
    else if (keyword === 'EXPOSE' && stage !== undefined)
      stage.port ??= portOf(rest[0] ?? '', stage.variables);
  }
  const built = stages.find(({ name }) => name === target) ?? stages.at(-1);
  const names = stages.flatMap(({ name }) => name ?? []);
  return { ...(built?.port ? { port: built.port } : {}), ...(names.length === 0 ? {} : { stages: names }) };
}

/** A line each, continued lines joined, comments left out. */
const instructions = (text: string): readonly string[] =>
  text
    .replaceAll(/^\s*#.*$/gm, '')
    .replaceAll(/\\\s*\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A stage that builds on an earlier one exposes what that exposes. */
function stageOf(words: readonly string[], earlier: readonly Stage[], global: Map<string, string>): Stage {
  const [image = '', as = '', name = null] = words.filter((word) => !word.startsWith('--'));
  const base = earlier.find((stage) => stage.name === image);
  return {
    name: as.toUpperCase() === 'AS' ? name : null,
    variables: new Map([...global, ...(base?.variables ?? [])]),
    port: base?.port ?? null,
  };
}

/** `NAME=value …`, or the older `NAME value`. */
function remember(words: readonly string[], variables: Map<string, string>): void {
  const [first = '', ...rest] = words;
  if (!first.includes('=')) {
    if (rest.length > 0) variables.set(first, rest.join(' '));
    return;
  }
  for (const [, name = '', value = ''] of words.map((word) => /^([^=]+)=(.*)$/.exec(word) ?? []))
    variables.set(name, value.replaceAll(/^["']|["']$/g, ''));
}

function portOf(word: string, variables: ReadonlyMap<string, string>): number | null {
  const text = word.replaceAll(/\$\{?(\w+)(?::-(\w+))?\}?/g, (_, name: string, otherwise?: string) => {
    return variables.get(name) ?? otherwise ?? '';
  });
  return validPort(text.split('/')[0]);
}

/** A TCP port that a text names, or null. */
export function validPort(text: unknown): number | null {
  const port = Number(typeof text === 'string' && text.trim() !== '' ? text : Number.NaN);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null;
}
