import { readCompose } from './compose.ts';
import { readDockerfile } from './dockerfile.ts';
import type { ReadFile, ServiceFacts, Source } from './service-facts.ts';

const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** What a person gave by options; it comes before what files say. */
export interface GivenFacts {
  readonly command?: string;
  readonly port?: number;
  readonly dockerfile?: string;
  readonly health?: string;
}

/** Reads what the files of a folder say of its service, those first that say it best. */
export function detectService(read: ReadFile, given: GivenFacts): readonly Source[] {
  const { dockerfile, ...options } = given;
  const compose = composeFiles.flatMap((file) => sourceOf(file, read(file), readCompose));
  const procfile = sourceOf('Procfile', read('Procfile'), readProcfile);
  const manifest = sourceOf('package.json', read('package.json'), readManifest);
  const file = dockerfile ?? 'Dockerfile';
  const target = compose[0]?.facts.build?.target;
  const image = sourceOf(file, read(file), (text) => ({
    ...readDockerfile(text, target),
    build: { context: '.', dockerfile: file, ...(target === undefined ? {} : { target }) },
  }));
  const own: Source = { file: 'the options', facts: options };
  // A Procfile was written to say how the service starts; a start script may be of something else.
  return [own, ...image, ...procfile, ...manifest, ...compose];
}

const sourceOf = (
  file: string,
  text: string | null,
  readFacts: (text: string) => ServiceFacts,
): readonly Source[] => (text === null ? [] : [{ file, facts: readFacts(text) }]);

function readProcfile(text: string): ServiceFacts {
  const command = /^web:\s*(\S.*)$/m.exec(text)?.[1]?.trim();
  return command === undefined ? {} : { command };
}

function readManifest(text: string): ServiceFacts {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return {};
  }
  const { name, scripts } = (manifest ?? {}) as { readonly name?: unknown; readonly scripts?: unknown };
  const start = typeof scripts === 'object' && scripts !== null && 'start' in scripts;
  return { ...(typeof name === 'string' ? { name } : {}), ...(start ? { command: 'npm start' } : {}) };
}

/** The first that says something, and which file that was. */
export function firstFact<Key extends keyof ServiceFacts>(
  sources: readonly Source[],
  key: Key,
): { readonly value: NonNullable<ServiceFacts[Key]>; readonly file: string } | null {
  for (const { file, facts } of sources) {
    const value = facts[key];
    if (value !== undefined) return { value: value, file };
  }
  return null;
}
