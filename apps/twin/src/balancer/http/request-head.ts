import { isHost, isTargetCode, isTokenCode } from './characters.ts';
import { FieldCursor, withoutFields } from './field-cursor.ts';
import { FieldNames } from './field-names.ts';
import { FramingFields } from './framing.ts';

/** Sizes an Application Load Balancer accepts, bytes. */
export const requestLimits = { lineBytes: 16_384, fieldBytes: 16_384, headBytes: 65_536 } as const;

/** Why a request is answered by the balancer itself. Statuses are those an Application Load Balancer gives. */
export interface Rejection {
  readonly rejected: 400 | 405 | 414 | 417 | 463 | 501 | 505;
  readonly cause: string;
}

/** A request as it will be forwarded. */
export interface RequestHead {
  readonly method: string;
  /** Origin form, or `*`. */
  readonly target: string;
  /** Empty when an HTTP/1.0 client sent none. */
  readonly host: string;
  readonly minorVersion: 0 | 1;
  /** End-to-end field lines in the client’s order and spelling, without Host and without what the balancer writes itself. */
  readonly fields: string;
  /** Bytes of the body, or chunked. */
  readonly body: number | 'chunked';
  /** The client will go on using its connection. */
  readonly keepAlive: boolean;
  /** Addresses the client’s own X-Forwarded-For lists; empty when there is none. */
  readonly forwardedFor: string;
  readonly hasTraceId: boolean;
}

const reject = (rejected: Rejection['rejected'], cause: string): Rejection => ({ rejected, cause });

/** Reads a complete head as HeadReader gives it. */
export function parseRequestHead(head: string): RequestHead | Rejection {
  const lineEnd = head.indexOf('\r\n');
  if (lineEnd > requestLimits.lineBytes) return reject(414, 'the request line is longer than 16 KiB');
  const line = parseRequestLine(head.slice(0, lineEnd));
  if ('rejected' in line) return line;
  const fields = readFields(head, lineEnd + 2);
  if ('rejected' in fields) return fields;
  const { framing } = fields;
  if (framing.problem === 'unsupported-coding') return reject(501, 'Transfer-Encoding other than chunked');
  if (framing.problem === 'malformed') return reject(400, 'contradictory or malformed body length');
  const { minorVersion } = line;
  if (framing.chunked && minorVersion === 0) return reject(400, 'Transfer-Encoding in an HTTP/1.0 request');
  if (fields.host === undefined && minorVersion === 1) return reject(400, 'no Host field');
  if (framing.upgrade && fields.upgrade !== undefined && !isOptionalUpgrade(fields.upgrade))
    return reject(400, `upgrade to ${fields.upgrade} is not supported`);
  return {
    method: line.method,
    target: line.target,
    host: line.authority ?? fields.host ?? '',
    minorVersion,
    fields: framing.nominated === undefined ? fields.kept : withoutFields(fields.kept, framing.nominated),
    body: framing.chunked ? 'chunked' : (framing.contentLength ?? 0),
    keepAlive: minorVersion === 1 ? !framing.close : framing.keepAlive && !framing.close,
    forwardedFor: fields.forwardedFor,
    hasTraceId: fields.hasTraceId,
  };
}

interface RequestLine {
  readonly method: string;
  readonly target: string;
  /** Host of an absolute-form target, which overrides the Host field (RFC 9112, 3.2.2). */
  readonly authority: string | undefined;
  readonly minorVersion: 0 | 1;
}

function parseRequestLine(line: string): RequestLine | Rejection {
  const methodEnd = line.indexOf(' ');
  const targetEnd = line.lastIndexOf(' ');
  if (methodEnd <= 0 || targetEnd <= methodEnd) return reject(400, 'malformed request line');
  const method = line.slice(0, methodEnd);
  const target = line.slice(methodEnd + 1, targetEnd);
  const version = line.slice(targetEnd + 1);
  if (!every(method, isTokenCode) || !every(target, isTargetCode))
    return reject(400, 'malformed request line');
  if (version !== 'HTTP/1.1' && version !== 'HTTP/1.0')
    return /^HTTP\/\d(\.\d)?$/.test(version)
      ? reject(505, `${version} is not supported`)
      : reject(400, 'malformed HTTP version');
  if (method === 'CONNECT' || method === 'TRACE') return reject(405, `${method} is not allowed`);
  const minorVersion = version === 'HTTP/1.1' ? 1 : 0;
  if (target.startsWith('/')) return { method, target, authority: undefined, minorVersion };
  if (target === '*' && method === 'OPTIONS') return { method, target, authority: undefined, minorVersion };
  const absolute = /^https?:\/\/([^/?#@]+)([/?].*)?$/i.exec(target);
  const [, authority, rest = ''] = absolute ?? [];
  if (authority === undefined || !isHost(authority)) return reject(400, 'malformed request target');
  return { method, target: rest.startsWith('/') ? rest : `/${rest}`, authority, minorVersion };
}

interface RequestFields {
  readonly framing: FramingFields;
  readonly kept: string;
  readonly host: string | undefined;
  readonly upgrade: string | undefined;
  readonly forwardedFor: string;
  readonly hasTraceId: boolean;
}

/** Names that say something to the balancer; all others it passes on unread. */
const readNames = new FieldNames([
  ...['connection', 'content-length', 'expect', 'host', 'http2-settings', 'keep-alive', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'x-amzn-trace-id'],
  ...['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto'],
]);

function readFields(head: string, start: number): RequestFields | Rejection {
  const framing = new FramingFields();
  const cursor = new FieldCursor(head, start);
  let kept = '';
  let host: string | undefined;
  let upgrade: string | undefined;
  let forwardedFor = '';
  let hasTraceId = false;
  while (cursor.next()) {
    if (cursor.lineEnd - cursor.lineStart > requestLimits.fieldBytes + 2)
      return reject(400, 'a field line is longer than 16 KiB');
    switch (cursor.nameIn(readNames)) {
      case 'host':
        if (host !== undefined || !isHost(cursor.value))
          return reject(400, 'malformed or repeated Host field');
        host = cursor.value;
        continue;
      case 'content-length':
        framing.addContentLength(cursor.value);
        break;
      case 'transfer-encoding':
        framing.addTransferEncoding(cursor.value);
        continue;
      case 'connection':
        framing.addConnection(cursor.value);
        continue;
      case 'upgrade':
        upgrade = cursor.value;
        continue;
      case 'keep-alive':
      case 'proxy-connection':
      case 'te':
      case 'trailer':
      case 'http2-settings':
      case 'x-forwarded-proto':
      case 'x-forwarded-port':
        continue;
      // The target answers the expectation itself: its 100 is passed on.
      case 'expect':
        if (cursor.value.toLowerCase() !== '100-continue') return reject(417, 'unknown expectation');
        break;
      case 'x-forwarded-for':
        forwardedFor = forwardedFor === '' ? cursor.value : `${forwardedFor}, ${cursor.value}`;
        continue;
      case 'x-amzn-trace-id':
        hasTraceId = true;
        break;
    }
    kept += head.slice(cursor.lineStart, cursor.lineEnd);
  }
  if (cursor.malformed) return reject(400, 'malformed field line');
  if (forwardedFor !== '' && forwardedFor.split(',').length > 30)
    return reject(463, 'X-Forwarded-For lists more than 30 addresses');
  return { framing, kept, host, upgrade, forwardedFor, hasTraceId };
}

/** Clients that offer HTTP/2 go on with HTTP/1.1 when the offer is ignored; any other upgrade they depend on. */
const isOptionalUpgrade = (upgrade: string): boolean => upgrade.toLowerCase() === 'h2c';

function every(text: string, allowed: (code: number) => boolean): boolean {
  for (let index = 0; index < text.length; index++) {
    if (!allowed(text.charCodeAt(index))) return false;
  }
  return text.length > 0;
}
