import { fieldValueTable } from './characters.ts';
import { FieldCursor, type HeadSource, sourceOf, withoutFields } from './field-cursor.ts';
import { FieldNames } from './field-names.ts';
import { type BodyFraming, FramingFields } from './framing.ts';

/** Size of a response head that an Application Load Balancer accepts, bytes. */
export const responseHeadLimitBytes = 32_768;

/** A target’s response as it will be forwarded. */
export interface ResponseHead {
  readonly status: number;
  /** Status line without its line end, always HTTP/1.1. */
  readonly statusLine: string;
  /** End-to-end field lines in the target’s order and spelling. */
  readonly fields: string;
  readonly body: BodyFraming;
  /** The target will go on using this connection. */
  readonly keepAlive: boolean;
  /** Protocol that the connection changes to; undefined where it stays what it is. */
  readonly upgrade: string | undefined;
}

const contentLength = new Set(['content-length']);

/**
 * Reads a complete head as HeadReader gives it, of the response to a request of the given method.
 * Returns undefined when it is not a well-formed HTTP/1.x response whose end can be found for certain.
 */
export function parseResponseHead(
  head: string,
  requestMethod: string,
  source: HeadSource = sourceOf(head),
): ResponseHead | undefined {
  const lineEnd = head.indexOf('\r\n');
  const line = readStatusLine(head, lineEnd);
  if (line === undefined) return undefined;
  const { status, minorVersion } = line;
  const framing = new FramingFields();
  const kept = readFields(new FieldCursor(head, lineEnd + 2, source), head, framing);
  if (kept === undefined || hasDoubtfulLength(framing)) return undefined;
  const nominated = framing.nominated === undefined ? kept : withoutFields(kept, framing.nominated);
  const body = bodyFraming(status, requestMethod, framing);
  const persistent = minorVersion === 1 ? !framing.close : framing.keepAlive && !framing.close;
  return {
    status,
    statusLine: line.text,
    // A length on a response that cannot have a body would only mislead the client.
    fields: status < 200 || status === 204 ? withoutFields(nominated, contentLength) : nominated,
    body,
    keepAlive: persistent && body !== 'until-close' && !hasDoubtfulEnd(status, minorVersion, framing),
    upgrade: status === 101 && framing.upgrade ? framing.upgradeTo : undefined,
  };
}

/** A response is taken by its own framing or not at all: nothing about its length may be in doubt. */
const hasDoubtfulLength = ({ desync, isCodingUnsupported, chunked, contentLength }: FramingFields): boolean =>
  desync !== undefined || isCodingUnsupported || (chunked && contentLength !== undefined);

/**
 * The response is read by the rules, and its connection takes no other request: a target that announces a body where there is
 * none, or a coding that its version does not have, may go by other rules (RFC 9112, 6.1 and 6.3).
 */
const hasDoubtfulEnd = (status: number, minorVersion: 0 | 1, framing: FramingFields): boolean =>
  (framing.chunked && (minorVersion === 0 || status === 204)) ||
  (status === 204 && framing.contentLength !== undefined && framing.contentLength > 0);

const version = 'HTTP/1.';
/** As HTTP/1.1, which has a space behind the status also where there is no reason. */
const statusLineLength = 'HTTP/1.1 200 '.length;
const digit = (text: string, at: number): number => text.charCodeAt(at) - 0x30;

/** @param end where the line ends in the head */
function readStatusLine(
  head: string,
  end: number,
): { readonly status: number; readonly minorVersion: 0 | 1; readonly text: string } | undefined {
  const minorVersion = digit(head, version.length);
  const [hundreds, tens, ones] = [digit(head, 9), digit(head, 10), digit(head, 11)];
  const isStatus = hundreds >= 1 && hundreds <= 9 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
  if (!head.startsWith(version) || (minorVersion !== 0 && minorVersion !== 1)) return undefined;
  if (!isStatus || head[8] !== ' ' || (end >= statusLineLength && head[12] !== ' ')) return undefined;
  for (let at = statusLineLength; at < end; at++) {
    if (!fieldValueTable[head.charCodeAt(at)]) return undefined;
  }
  const status = hundreds * 100 + tens * 10 + ones;
  const isAsSent = minorVersion === 1 && end >= statusLineLength;
  const text = isAsSent ? head.slice(0, end) : `HTTP/1.1 ${status} ${head.slice(statusLineLength, end)}`;
  return { status, minorVersion, text };
}

/** The field lines that go out, or undefined where a line is no field. */
function readFields(cursor: FieldCursor, head: string, framing: FramingFields): string | undefined {
  let kept = '';
  /** Lines from here on go out: they are copied in runs, not one by one. */
  let keptFrom = cursor.lineEnd;
  while (cursor.next()) {
    if (isPassedOn(cursor, framing)) continue;
    if (keptFrom < cursor.lineStart) kept += head.slice(keptFrom, cursor.lineStart);
    keptFrom = cursor.lineEnd;
  }
  return cursor.malformed ? undefined : kept + head.slice(keptFrom);
}

/** Names of what concerns the connection to the target, and of the length. */
const hopNames = new FieldNames([
  ...[
    'connection',
    'content-length',
    'keep-alive',
    'proxy-connection',
    'trailer',
    'transfer-encoding',
    'upgrade',
  ],
]);

/** Whether the field goes out; what it says of framing and connection is noted either way. */
function isPassedOn(cursor: FieldCursor, framing: FramingFields): boolean {
  switch (cursor.nameIn(hopNames)) {
    case 'content-length':
      framing.addContentLength(cursor.value);
      return true;
    case 'transfer-encoding':
      framing.addTransferEncoding(cursor.value);
      return false;
    case 'connection':
      framing.addConnection(cursor.value);
      return false;
    case 'upgrade':
      framing.upgradeTo = cursor.value;
      return false;
    case 'keep-alive':
    case 'proxy-connection':
    case 'trailer':
      return false;
    default:
      return true;
  }
}

/** RFC 9112, 6.3, in its order. */
function bodyFraming(status: number, requestMethod: string, framing: FramingFields): BodyFraming {
  if (requestMethod === 'HEAD' || status < 200 || status === 204 || status === 304) return 0;
  if (framing.chunked) return 'chunked';
  return framing.contentLength ?? 'until-close';
}
