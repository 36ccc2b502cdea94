// @ts-check
// JavaScript, because the tools that bundle everything else use it as well, before there is a bundle.

/** Exit code of every program that could not write what it was asked for. */
export const notWritten = 3;

/** Why something was not written, by the system’s error: the code and what it means, and what helps. */
export const writeFaults = /** @satisfies {Record<string, WriteFault>} */ ({
  ENOSPC: {
    code: 'TL-WRITE-FULL',
    problem: 'no space is left on its file system',
    fix: 'free some space, or write to another file system',
  },
  EDQUOT: {
    code: 'TL-WRITE-QUOTA',
    problem: 'the disk quota of this user is used up',
    fix: 'delete files of yours there, or write to another file system',
  },
  EROFS: {
    code: 'TL-WRITE-READ-ONLY',
    problem: 'its file system is mounted read-only',
    fix: 'mount it for writing, or write to another file system',
  },
  EPIPE: {
    code: 'TL-WRITE-CLOSED',
    problem: 'the program that read it has ended',
    fix: 'let that program read to the end',
  },
  EFBIG: {
    code: 'TL-WRITE-LIMIT',
    problem: 'it is larger than a file may be here (`ulimit -f`, or the file system’s own limit)',
    fix: 'raise the limit, or write to another file system',
  },
});

/** @typedef {{ readonly code: string, readonly problem: string, readonly fix: string }} WriteFault */

/** @type {Readonly<Record<string, WriteFault | undefined>>} */
const known = writeFaults;

/** Any other reason, which the message quotes from the system. */
export const otherWriteFault = 'TL-WRITE-FAILED';

/** Something could not be written whole: which file, why, and what helps. `cause` is the system’s error. */
export class WriteError extends Error {
  /**
   * @param {string} path
   * @param {unknown} cause
   * @param {string} [left] what became of it
   */
  constructor(path, cause, left = 'Nothing is left of it') {
    const { code: systemCode, message } = /** @type {NodeJS.ErrnoException} */ (cause);
    const {
      code,
      problem,
      fix = 'check that the folder exists and that this user may write to it',
    } = known[systemCode ?? ''] ?? { code: otherWriteFault, problem: message };
    super(`${code} ${path} was not written: ${problem}. ${left}; ${fix}, and run again.`, { cause });
    this.name = 'WriteError';
    /** @readonly */
    this.code = code;
  }
}

/**
 * What a refused folder or link, or a write of another library, comes to.
 * @param {unknown} error
 * @returns {WriteError | undefined} undefined for what is another kind of error
 */
export function writeErrorOf(error) {
  if (error instanceof WriteError) return error;
  const { code = '', syscall = '', path = 'a file' } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  // A socket is no file, and a watch that is refused for want of room is none of the disk.
  const isOfDisk = code in known && code !== 'EPIPE' && syscall !== 'watch';
  return error instanceof Error && isOfDisk ? new WriteError(path, error) : undefined;
}
