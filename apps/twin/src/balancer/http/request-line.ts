import { isHost, isOf, nameTable, targetTable } from './characters.ts';
import { type DesyncReason, graver } from './desync.ts';
import { type Rejection, reject } from './rejection.ts';

export interface RequestLine {
  readonly method: string;
  /** Origin form, or `*`. */
  readonly target: string;
  /** Host of an absolute-form target, which overrides the Host field (RFC 9112, 3.2.2). */
  readonly authority: string | undefined;
  readonly minorVersion: 0 | 1;
  /** What RFC 9112 does not allow in it, and an Application Load Balancer still reads. */
  readonly desync: DesyncReason | undefined;
}

const blank = 0x20;

/** Reads `method SP target SP version`; the target may hold blanks and bytes that belong in no target, which go out escaped. */
export function parseRequestLine(line: string): RequestLine | Rejection {
  const methodEnd = line.indexOf(' ');
  const targetEnd = lastBlank(line);
  if (methodEnd <= 0 || targetEnd <= methodEnd) return reject(400, 'malformed request line');
  const method = line.slice(0, methodEnd);
  const version = line.slice(targetEnd + 1);
  if (!isOf(nameTable, method)) return reject(400, 'malformed request line', 'BadMethod');
  // Hardly any request has another one, and a comparison is several times faster than the table.
  const minorVersion = version === 'HTTP/1.1' ? 1 : minorVersions[version];
  if (minorVersion === undefined) return rejectVersion(version);
  if (method === 'CONNECT' || method === 'TRACE') return reject(405, `${method} is not allowed`);
  const read = readTarget(line.slice(methodEnd + 1, targetEnd));
  if (typeof read !== 'object') return reject(400, 'malformed request line', read);
  const desync =
    version !== 'HTTP/1.1' && later.has(version) ? graver(read.desync, 'NonCompliantVersion') : read.desync;
  const { target } = read;
  if (target.startsWith('/') || (target === '*' && method === 'OPTIONS'))
    return { method, target, authority: undefined, minorVersion, desync };
  const absolute = /^https?:\/\/([^/?#@]+)([/?].*)?$/i.exec(target);
  const [, authority, rest = ''] = absolute ?? [];
  if (authority === undefined || !isHost(authority)) return reject(400, 'malformed request target');
  return { method, target: rest.startsWith('/') ? rest : `/${rest}`, authority, minorVersion, desync };
}

const later = new Set(Array.from({ length: 8 }, (_, index) => `HTTP/1.${index + 2}`));
/** A later minor version is read as the latest one that is known (RFC 9110, 2.5). */
const minorVersions: Readonly<Record<string, 0 | 1 | undefined>> = {
  'HTTP/1.0': 0,
  'HTTP/1.1': 1,
  ...Object.fromEntries([...later].map((version) => [version, 1])),
};

const rejectVersion = (version: string): Rejection =>
  /^HTTP\/\d(\.\d)?$/.test(version)
    ? reject(505, `${version} is not supported`)
    : reject(400, 'malformed HTTP version', 'BadVersion');

/** The target as it can be sent on, or why it cannot. */
function readTarget(
  target: string,
): { readonly target: string; readonly desync: DesyncReason | undefined } | DesyncReason {
  if (target !== '' && isOf(targetTable, target)) return { target, desync: undefined };
  // A bare CR or LF never gets here: the line would have ended, or have been refused.
  if (target.trim() === '' || /[\0\r\n]/.test(target)) return 'BadUri';
  const escaped = target.replace(/[^!-~]/g, (character) => {
    const code = character.charCodeAt(0);
    return `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return { target: escaped, desync: /[^ -~]/.test(target) ? 'AmbiguousUri' : 'SpaceInUri' };
}

/** As `lastIndexOf`, which leaves compiled code for this: the version behind the last blank is eight characters long. */
function lastBlank(line: string): number {
  let at = line.length - 1;
  while (at >= 0 && line.charCodeAt(at) !== blank) at--;
  return at;
}
