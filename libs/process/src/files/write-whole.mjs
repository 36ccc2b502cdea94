// @ts-check
// JavaScript, because the tools that bundle everything else use it as well, before there is a bundle.
import { Buffer } from 'node:buffer';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WriteError } from './write-error.mjs';

/**
 * The calls of Node’s `fs` that writing needs; tests give a disk that fails.
 * @typedef {Pick<typeof fs, 'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'rmSync' | 'symlinkSync' | 'fstatSync' | 'ftruncateSync' | 'mkdirSync'>} Disk
 */

/**
 * Writes a file whole or not at all: into a file beside it, every byte counted and flushed, which then takes its name.
 * What was there before stays until then, and after a failure.
 * @param {string} path
 * @param {string | Uint8Array} content
 * @param {{ readonly mode?: number, readonly disk?: Disk }} [options] `mode` is that of a new file. @default 0o666 under the umask
 * @throws {WriteError}
 */
export function writeWhole(path, content, { mode = 0o666, disk = fs } = {}) {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    try {
      writeFlushed(disk.openSync(part, 'w', mode), content, disk);
      disk.renameSync(part, path);
    } catch (error) {
      disk.rmSync(part, { force: true });
      throw error;
    }
  } catch (error) {
    throw new WriteError(path, error);
  }
}

/**
 * Writes a folder of files whole or not at all: it appears under its name with everything in it.
 * @param {string} path of a folder that does not exist, or is empty
 * @param {Readonly<Record<string, string | Uint8Array>>} files by name
 * @param {Disk} [disk]
 * @throws {WriteError} with an EEXIST or ENOTEMPTY as its cause where the name is taken
 */
export function writeFolderWhole(path, files, disk = fs) {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  let writing = path;
  try {
    disk.rmSync(part, { recursive: true, force: true });
    disk.mkdirSync(part, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      writing = join(path, name);
      writeFlushed(disk.openSync(join(part, name), 'wx'), content, disk);
    }
    disk.renameSync(part, path);
  } catch (error) {
    disk.rmSync(part, { recursive: true, force: true });
    throw new WriteError(writing, error);
  }
}

/**
 * Points a link at a name beside it, whether or not the link exists.
 * @param {string} link
 * @param {string} name
 * @param {Disk} [disk]
 * @throws {WriteError}
 */
export function pointLink(link, name, disk = fs) {
  const part = `${link}.${process.pid}.part`;
  try {
    disk.rmSync(part, { force: true });
    disk.symlinkSync(name, part);
    disk.renameSync(part, link);
  } catch (error) {
    disk.rmSync(part, { force: true });
    throw new WriteError(link, error);
  }
}

/**
 * Adds to the end of a file that others add to as well: all of the text, or none of it.
 * @param {string} path
 * @param {string} text
 * @param {Disk} [disk]
 * @throws {WriteError}
 */
export function appendWhole(path, text, disk = fs) {
  try {
    const file = disk.openSync(path, 'a');
    const { size } = disk.fstatSync(file);
    try {
      writeAll(file, text, disk);
      flush(file, disk);
    } catch (error) {
      // A pipe or a terminal cannot be cut; what it has taken has been read.
      if (disk.fstatSync(file).isFile()) disk.ftruncateSync(file, size);
      throw error;
    } finally {
      disk.closeSync(file);
    }
  } catch (error) {
    throw new WriteError(path, error);
  }
}

/**
 * Writes all bytes: a disk that runs full takes a part of them first, without an error.
 * @param {number} file
 * @param {string | Uint8Array} content
 * @param {Pick<Disk, 'writeSync'>} [disk]
 */
export function writeAll(file, content, disk = fs) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let written = 0; written < bytes.length;) {
    const count = disk.writeSync(file, bytes, written, bytes.length - written);
    if (count === 0) throw Object.assign(new Error('the file system takes no more'), { code: 'ENOSPC' });
    written += count;
  }
}

/**
 * @param {number} file which is closed afterwards, whatever happens
 * @param {string | Uint8Array} content
 * @param {Disk} disk
 */
function writeFlushed(file, content, disk) {
  try {
    writeAll(file, content, disk);
    flush(file, disk);
  } finally {
    disk.closeSync(file);
  }
}

/**
 * Some file systems say that they are full only when they are asked to flush.
 * @param {number} file
 * @param {Disk} disk
 */
function flush(file, disk) {
  try {
    disk.fsyncSync(file);
  } catch (error) {
    // Pipes, terminals and some mounted folders have nothing to flush.
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    if (!['EINVAL', 'ENOTSUP', 'EROFS'].includes(code)) throw error;
  }
}
