import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineError } from '../pipeline-error.ts';
import type { RunProcess } from '../process/run-process.ts';
import type { StackRun } from '../stacks/stack-tool.ts';
import { buildContent } from './build-content.ts';
import { contentTag } from './content-tag.ts';
import type { ImageSpec } from './image-spec.ts';

/** What an image is made from. */
export type ImageSource = Pick<ImageSpec, 'app' | 'build'>;

/** What images are made from, in this working copy. Each is found out once: nothing of it changes during a run. */
export interface ImageInputs {
  readonly platform: string;
  readonly baseImage: string | null;
  /** Commit of the working copy; null when it has changes of its own, or is no Git repository. */
  commit(signal: AbortSignal): Promise<string | null>;
  /** Whether an input of the app changed since a commit; null when that is not known, as of a folder of the user’s. */
  changedSince(spec: ImageSource, base: string, signal: AbortSignal): Promise<boolean | null>;
  /** Bundles the app, or reads the folder, and derives the image’s tag from its content. @throws PipelineError TL-PIPE-IMAGE */
  tag(spec: ImageSource, run: StackRun): Promise<string>;
}

export interface WorkspaceInputsOptions {
  readonly platform: string;
  readonly baseImage: string | null;
  readonly runProcess: RunProcess;
}

const nx = join('node_modules', '.bin', 'nx');

/** Whether an app can be put into an image. */
export const hasDockerfile = (app: ImageSpec['app']): boolean => existsSync(join('apps', app, 'Dockerfile'));

/** Asks Nx what changed, and bundles what is not bundled yet. */
export function workspaceInputs({ platform, baseImage, runProcess }: WorkspaceInputsOptions): ImageInputs {
  const affected = new Map<string, Promise<readonly string[] | null>>();
  const tags = new Map<string, Promise<string>>();
  return {
    platform,
    baseImage,
    commit: async (signal) => {
      const changes = await runProcess({ file: 'git', args: ['status', '--porcelain'] }, { signal });
      if (changes.exitCode !== 0 || changes.stdout !== '') return null;
      const head = await runProcess({ file: 'git', args: ['rev-parse', 'HEAD'] }, { signal });
      return head.exitCode === 0 ? head.stdout.trim() : null;
    },
    changedSince: async ({ app, build }, base, signal) => {
      // Nx knows the projects of this workspace alone: the content of another folder decides.
      if (build !== null) return null;
      const projects = await once(affected, base, async () => {
        const { exitCode, stdout } = await runProcess(
          { file: nx, args: ['show', 'projects', '--affected', `--base=${base}`, '--json'] },
          { signal },
        );
        // A shallow clone does not know every commit.
        return exitCode === 0 ? (JSON.parse(stdout) as readonly string[]) : null;
      });
      return projects?.includes(`@tideline/${app}`) ?? null;
    },
    tag: ({ app, build }, { signal }) =>
      once(tags, app, async () => {
        if (build !== null) return contentTag({ ...(await buildContent(build)), platform, baseImage });
        const { exitCode, lines } = await runProcess(
          { file: process.execPath, args: [join('tools', 'bundle.mjs'), join('apps', app), '--if-changed'] },
          { signal },
        );
        if (exitCode !== 0)
          throw new PipelineError(
            'TL-PIPE-IMAGE',
            `bundling ${app} ended with ${exitCode}:\n${lines.slice(-20).join('\n')}`,
          );
        const dockerfile = await readFile(join('apps', app, 'Dockerfile'));
        return contentTag({
          files: { ...(await bundledFiles(join('dist', 'apps', app))), Dockerfile: dockerfile },
          settings: {},
          platform,
          baseImage,
        });
      }),
  };
}

/** What is known by a key, found out at the first question. */
function once<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  find: () => Promise<Value>,
): Promise<Value> {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}

/** The files that the Dockerfile copies; source maps stay out of images. */
async function bundledFiles(folder: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mjs'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
}
