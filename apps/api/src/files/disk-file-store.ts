import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileStoreUnavailable, type Download, type FileStore } from './file-store.ts';

/** Of a file that is still being written; no id ends like it. */
const partSuffix = '.part';
/** No upload takes as long: what is older was left by a process that died. */
const abandonedAfterMs = 3_600_000;

/** Files in a folder that the processes of one machine share. @throws Error when the folder cannot be used */
export async function openDiskFileStore({ folder }: { readonly folder: string }): Promise<FileStore> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  return new DiskFileStore(folder);
}

class DiskFileStore implements FileStore {
  readonly kind = 'disk';
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(id: string, source: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#path(id);
    const part = path + partSuffix;
    try {
      const file = await onDisk(open(part, 'wx', 0o600));
      try {
        for await (const chunk of source) await onDisk(file.writeFile(chunk));
        await onDisk(file.datasync());
      } finally {
        await file.close();
      }
      // Readers see the whole file or none.
      await onDisk(rename(part, path));
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async download(id: string): Promise<Download | undefined> {
    const path = this.#path(id);
    const found = await onDisk(stat(path).catch(undefinedWhenMissing));
    if (found === undefined) return undefined;
    return {
      kind: 'content',
      byteCount: found.size,
      open: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
    };
  }

  async delete(ids: readonly string[]): Promise<void> {
    await onDisk(Promise.all(ids.map((id) => rm(this.#path(id), { force: true }))));
  }

  close(): void {
    // Holds nothing open between operations.
  }

  /** @throws Error for anything but an id that we made: the last line of defence, since callers pass nothing else */
  #path(id: string): string {
    if (!/^[\w-]{16,64}$/.test(id)) throw new Error('a file id must be 16 to 64 letters, digits, _ or -');
    return join(this.#folder, id);
  }
}

async function onDisk<Result>(operation: Promise<Result>): Promise<Result> {
  try {
    return await operation;
  } catch (error) {
    throw new FileStoreUnavailable('the file system refused', { cause: error });
  }
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(partSuffix)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(undefinedWhenMissing);
    if (found !== undefined && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(path, { force: true });
  }
}
