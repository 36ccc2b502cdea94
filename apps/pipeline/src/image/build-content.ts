import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, readdir, readlink, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import dockerRules from '@balena/dockerignore';
import type { Environment } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { ImageContent } from './content-tag.ts';

export type BuildSettings = NonNullable<Environment['container']['build']>;

/** Most files that a context may have: a folder with more was hardly meant to be sent. */
const mostFiles = 100_000;

/** @throws PipelineError TL-PIPE-CONTEXT when there is no such folder, or no Dockerfile in it */
export function requireContext({ context, dockerfile }: BuildSettings): void {
  if (!existsSync(context))
    throw new PipelineError(
      'TL-PIPE-CONTEXT',
      `container.build.context: there is no folder ${resolve(context)}. Start this in the folder of the service, or correct the path`,
    );
  if (!existsSync(join(context, dockerfile)))
    throw new PipelineError(
      'TL-PIPE-CONTEXT',
      `container.build.dockerfile: there is no ${join(resolve(context), dockerfile)}. Correct the path, which is relative to the context ${context}`,
    );
}

/**
 * What a build is made of: every file of the context that .dockerignore leaves in, by digest and mode, and its settings. Git’s
 * own folder is left out, as it changes with each commit. @throws PipelineError TL-PIPE-IMAGE for a context of too many files
 */
export async function buildContent(build: BuildSettings): Promise<Pick<ImageContent, 'files' | 'settings'>> {
  const { context, dockerfile, target, args } = build;
  const rules = dockerRules.default().add(await dockerignore(build));
  const files: Record<string, Uint8Array> = {};
  const names = await namesBelow(context, '', (name) => rules.ignores(name));
  if (names.length > mostFiles)
    throw new PipelineError(
      'TL-PIPE-IMAGE',
      `the build context ${resolve(context)} has ${names.length} files, and at most ${mostFiles} are read. Name what the build does not need in ${join(context, '.dockerignore')}`,
    );
  // The build always gets the Dockerfile, whatever is left out.
  for (const name of new Set([...names, dockerfile])) files[name] = await fingerprint(join(context, name));
  return { files, settings: { dockerfile, target, args } };
}

/** The rules of the file beside the Dockerfile, or else of the context. */
async function dockerignore({ context, dockerfile }: BuildSettings): Promise<string> {
  const file = [`${dockerfile}.dockerignore`, '.dockerignore']
    .map((name) => join(context, name))
    .find((path) => existsSync(path));
  return file === undefined ? '' : readFile(file, 'utf8');
}

async function namesBelow(
  root: string,
  folder: string,
  isLeftOut: (name: string) => boolean,
): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name === '.git') continue;
    if (entry.isDirectory()) {
      // Also of a folder that is left out: a later rule may take in again what it holds.
      names.push(...(await namesBelow(root, name, isLeftOut)));
    } else if (!isLeftOut(name)) names.push(name);
  }
  return names;
}

/** Mode and digest of a file, or what a link leads to. */
async function fingerprint(path: string): Promise<Uint8Array> {
  const link = await readlink(path).catch(() => null);
  if (link !== null) return Buffer.from(`link ${link}`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const isExecutable = ((await stat(path)).mode & 0o111) !== 0;
  return Buffer.concat([Buffer.from(isExecutable ? 'x' : '-'), hash.digest()]);
}
