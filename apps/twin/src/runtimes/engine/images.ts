import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, resourceNames } from '@tideline/config';
import { StartFailure } from '../../tasks/task-runtime.ts';
import type { Engine } from './engine.ts';

/** Of what an engine said, enough to see why an image is not there. */
const toldLines = 5;

/** Images by version: each is built, or pulled where it is not here, once. */
export class Images {
  readonly #engine: Engine;
  readonly #environment: Environment;
  readonly #abort = new AbortController();
  readonly #byVersion = new Map<string, Promise<string>>();

  constructor(engine: Engine, environment: Environment) {
    this.#engine = engine;
    this.#environment = environment;
  }

  /** What to run. @throws StartFailure where there is no image; the next task of the version tries again */
  of(version: string): Promise<string> {
    const known = this.#byVersion.get(version);
    if (known !== undefined) return known;
    const { build, image } = this.#environment.container;
    const made = build === null ? this.#pull(image) : this.#build(build);
    this.#byVersion.set(version, made);
    made.catch(() => this.#byVersion.delete(version));
    return made;
  }

  /** Ends builds and pulls. */
  close(): void {
    this.#abort.abort();
  }

  async #pull(image: string): Promise<string> {
    const { exitCode } = await this.#engine.run(['image', 'inspect', image], this.#abort.signal);
    if (exitCode !== 0) await this.#do(['pull', image]);
    return image;
  }

  async #build(build: NonNullable<Environment['container']['build']>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'tideline-image-'));
    try {
      const idFile = join(folder, 'id');
      await this.#do([
        ...['build', '--iidfile', idFile, '--tag', `${resourceNames(this.#environment).service}:twin`],
        ...['--file', join(build.context, build.dockerfile)],
        ...(build.target === null ? [] : ['--target', build.target]),
        ...(build.platform === null ? [] : ['--platform', build.platform]),
        ...Object.entries(build.args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
        build.context,
      ]);
      return (await readFile(idFile, 'utf8')).trim();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #do(args: readonly string[]): Promise<void> {
    const { exitCode, lastLines } = await this.#engine.run(args, this.#abort.signal);
    if (exitCode !== 0)
      throw new StartFailure(
        `${this.#engine.file} ${args[0] ?? ''} ended with ${exitCode}: ${lastLines.slice(-toldLines).join(' | ')}`,
      );
  }
}
