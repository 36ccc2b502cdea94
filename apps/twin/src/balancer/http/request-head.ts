import { type DesyncMitigationMode, type DesyncReason, treatmentOf } from './desync.ts';
import { FieldCursor, type HeadSource, sourceOf, withoutFields } from './field-cursor.ts';
import type { FramingFields } from './framing.ts';
import { type Rejection, reject } from './rejection.ts';
import { readRequestFields } from './request-fields.ts';
import { type RequestLine, parseRequestLine } from './request-line.ts';

/** Sizes an Application Load Balancer accepts, bytes. */
export const requestLimits = { lineBytes: 16_384, headBytes: 65_536 } as const;

/** How a balancer is set up to read requests. */
export interface RequestRules {
  readonly desyncMitigationMode: DesyncMitigationMode;
  /** Leaves out fields with a name outside `[-A-Za-z0-9]+`. */
  readonly dropInvalidHeaderFields: boolean;
}

/** A request as it will be forwarded. */
export interface RequestHead {
  readonly method: string;
  /** Origin form, or `*`. */
  readonly target: string;
  /** Host of the target or of the Host field. Empty when an HTTP/1.0 client sent none. */
  readonly host: string;
  /** What the Host field says; differs from `host` where the target has a host of its own. */
  readonly hostField: string;
  readonly minorVersion: 0 | 1;
  /** End-to-end field lines in the client’s order and spelling, without Host and without what the balancer writes itself. */
  readonly fields: string;
  /** Bytes of the body, or chunked. */
  readonly body: number | 'chunked';
  /** The client will go on using its connection. */
  readonly keepAlive: boolean;
  /** The client itself has said that it sends no other request on its connection. */
  readonly isLast: boolean;
  /** Addresses the client’s own X-Forwarded-For lists; empty when there is none. */
  readonly forwardedFor: string;
  /** The client’s X-Amzn-Trace-Id; empty when there is none, or none that a balancer goes by. */
  readonly traceId: string;
  /** Protocols that the client asks to change to; undefined when it asks for none. */
  readonly upgrade: string | undefined;
  /** What RFC 7230 does not allow in it; undefined in a compliant request. */
  readonly desync: DesyncReason | undefined;
  /** Desync mitigation closes the connections on both sides behind it. */
  readonly closesConnections: boolean;
  /** Fields with a name or value that is not valid: dropped, or forwarded where the balancer is set up so. */
  readonly invalidFields: number;
}

/** Beyond this size of the head an Application Load Balancer writes a new trace id (its guide, “Request tracing”). */
const tracedHeadBytes = 7 * 1024;
const contentLength = new Set(['content-length']);

/** Reads a complete head as HeadReader gives it. */
export function parseRequestHead(
  head: string,
  rules: RequestRules,
  source: HeadSource = sourceOf(head),
): RequestHead | Rejection {
  const lineEnd = head.indexOf('\r\n');
  if (lineEnd > requestLimits.lineBytes) return reject(414, 'the request line is longer than 16 KiB');
  const line = parseRequestLine(head.slice(0, lineEnd));
  if ('rejected' in line) return line;
  const fields = readRequestFields(
    head,
    new FieldCursor(head, lineEnd + 2, source),
    rules.dropInvalidHeaderFields,
  );
  if ('rejected' in fields) return fields;
  const { framing } = fields;
  const { minorVersion } = line;
  if (framing.isCodingUnsupported) return reject(501, 'Transfer-Encoding other than chunked');
  if (framing.chunked && minorVersion === 0) return reject(400, 'Transfer-Encoding in an HTTP/1.0 request');
  if (fields.host === undefined && minorVersion === 1) return reject(400, 'no Host field');
  const desync = classify(line, framing);
  const treatment = desync === undefined ? 'allow' : treatmentOf(desync, rules.desyncMitigationMode);
  // What has no length that is certain cannot be forwarded, whatever the mode.
  if (treatment === 'block' || (desync !== undefined && unreadable.has(desync)))
    return reject(400, `desync mitigation: ${desync ?? ''}`, desync);
  const kept = framing.nominated === undefined ? fields.kept : withoutFields(fields.kept, framing.nominated);
  const closesConnections = treatment === 'allow-and-close';
  const keepsAlive = minorVersion === 1 ? !framing.close : framing.keepAlive && !framing.close;
  return {
    method: line.method,
    target: line.target,
    host: line.authority ?? fields.host ?? '',
    hostField: fields.host ?? '',
    minorVersion,
    fields: desync === undefined ? kept : withOneLength(kept, framing),
    body: framing.chunked ? 'chunked' : (framing.contentLength ?? 0),
    keepAlive: keepsAlive && !closesConnections,
    isLast: !keepsAlive,
    forwardedFor: fields.forwardedFor,
    traceId: head.length > tracedHeadBytes ? '' : (fields.traceId ?? ''),
    upgrade: framing.upgrade && minorVersion === 1 ? framing.wantedUpgrade : undefined,
    desync,
    closesConnections,
    invalidFields: fields.invalidFields,
  };
}

const unreadable: ReadonlySet<DesyncReason> = new Set(['BadContentLength', 'MultipleContentLength']);

/** The gravest of what line and fields show. */
function classify({ method, desync }: RequestLine, framing: FramingFields): DesyncReason | undefined {
  const { chunked, contentLength: length } = framing;
  if (desync !== undefined) framing.note(desync);
  if (chunked && length !== undefined) framing.note('BothTeClPresent');
  if (chunked && framing.disguisedCodings > 0) framing.note('MultipleTransferEncodingChunked');
  for (const other of framing.disguisedLengths)
    if (length !== undefined)
      framing.note(other === String(length) ? 'DuplicateContentLength' : 'MultipleContentLength');
  if (method === 'GET' || method === 'HEAD') {
    if (chunked) framing.note('UndefinedTransferEncodingSemantics');
    if (length === 0) framing.note('GetHeadZeroContentLength');
    else if (length !== undefined) framing.note('UndefinedContentLengthSemantics');
  }
  return framing.desync;
}

/** A coding overrides a length, and a length that is repeated goes out once (RFC 9112, 6.3). */
function withOneLength(kept: string, { chunked, contentLength: length }: FramingFields): string {
  if (length === undefined) return kept;
  const others = withoutFields(kept, contentLength);
  return chunked ? others : `${others}Content-Length: ${length}\r\n`;
}
