import { spawnSync } from 'node:child_process';
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join, relative } from 'node:path';

/** Folders that hold what is made or installed, and no source. */
const passedOver: ReadonlySet<string> = new Set([
  ...['node_modules', '.git', 'dist', 'build', 'target', 'coverage', 'reports'],
  ...['__pycache__', '.venv', 'venv', '.nx', '.next', '.cache'],
]);
/** An editor saves in several steps, and a person several files: a change counts once nothing more comes. */
const quietMs = 200;
/** Systems watch only so many folders at once. */
const mostFolders = 4000;

export interface SourceWatchOptions {
  /** Folder with the sources, all below it included. */
  readonly folder: string;
  /** Hears of files that were saved, by path relative to the folder. */
  readonly onChange: (files: readonly string[]) => void;
  /** Hears why it sees less than it should. */
  readonly onProblem: (message: string) => void;
}

/** Watches a folder for files that are saved, but for what is installed or made, and for what Git ignores. */
export class SourceWatch {
  readonly #options: SourceWatchOptions;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isFull = false;

  constructor(options: SourceWatchOptions) {
    this.#options = options;
    this.#watch(options.folder);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    if (this.#watchers.size >= mostFolders) {
      this.#noteFull();
      return;
    }
    try {
      const watcher = watch(folder, (_type, name) => this.#noteChange(folder, name));
      watcher.on('error', () => this.#unwatch(folder));
      this.#watchers.set(folder, watcher);
    } catch {
      // It is gone again, or may not be read.
      return;
    }
    for (const child of foldersIn(folder)) this.#watch(child);
  }

  #unwatch(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  #noteChange(folder: string, name: string | null): void {
    if (name === null || passedOver.has(name)) return;
    // A new folder is watched from now on; a file in it may be there already.
    if (foldersIn(folder).includes(join(folder, name))) this.#watch(join(folder, name));
    this.#changed.add(relative(this.#options.folder, join(folder, name)));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), quietMs);
  }

  #settle(): void {
    const files = sources(this.#options.folder, [...this.#changed].sort());
    this.#changed.clear();
    if (files.length > 0) this.#options.onChange(files);
  }

  #noteFull(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    this.#options.onProblem(
      `--watch: ${this.#options.folder} has more than ${mostFolders} folders; those beyond are not watched. Start the twin, or set local.cwd, nearer to the sources`,
    );
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !passedOver.has(entry.name))
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** Those of the files that Git does not ignore: a program’s own log or database would have it deployed again and again. */
function sources(folder: string, files: readonly string[]): readonly string[] {
  const { status, stdout } = spawnSync('git', ['check-ignore', '-z', '--stdin'], {
    cwd: folder,
    input: files.join('\0'),
    encoding: 'utf8',
  });
  if (status !== 0) return files;
  const ignored = new Set(stdout.split('\0'));
  return files.filter((file) => !ignored.has(file));
}
