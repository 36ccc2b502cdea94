import { isHost } from './characters.ts';
import { mayBeDisguised } from './desync.ts';
import type { FieldCursor } from './field-cursor.ts';
import { FieldNames } from './field-names.ts';
import { FramingFields } from './framing.ts';
import { type Rejection, reject } from './rejection.ts';

/** A field line that an Application Load Balancer accepts, bytes. */
const fieldLimitBytes = 16_384;

/** The field lines of a request, taken apart. */
export interface RequestFields {
  readonly framing: FramingFields;
  /** End-to-end lines, without what the balancer writes itself. */
  readonly kept: string;
  readonly host: string | undefined;
  readonly forwardedFor: string;
  /** Undefined without an X-Amzn-Trace-Id. */
  readonly traceId: string | undefined;
  /** Lines with a name outside `[-A-Za-z0-9]+`, or with a value that may hold no such character. */
  readonly invalidFields: number;
}

/**
 * Reads the field lines of a head from where the cursor is.
 * @param dropInvalid leaves invalid lines out (`drop_invalid_header_fields`)
 */
export function readRequestFields(
  head: string,
  cursor: FieldCursor,
  dropInvalid: boolean,
): RequestFields | Rejection {
  const framing = new FramingFields();
  let kept = '';
  /** The run of lines that go out and are not copied yet: they are copied together, not one by one. */
  let runStart = 0;
  let runEnd = 0;
  let isBeyondAscii = false;
  let host: string | undefined;
  let forwardedFor = '';
  let traceId: string | undefined;
  let invalidFields = 0;
  for (;;) {
    if (!cursor.next()) {
      if (!cursor.malformed) break;
      // Lines that are no fields by their characters alone can be left out; the others leave the head in doubt.
      if (!dropInvalid || !cursor.skipInvalid()) return reject(400, 'malformed field line');
      if (essential.has(cursor.name)) return reject(400, 'malformed field line', 'BadHeader');
      invalidFields++;
      framing.noteDisguise(cursor);
      framing.note('NonCompliantHeader');
      continue;
    }
    if (cursor.lineEnd - cursor.lineStart > fieldLimitBytes + 2)
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
        framing.upgradeTo =
          framing.upgradeTo === undefined ? cursor.value : `${framing.upgradeTo}, ${cursor.value}`;
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
        traceId = traceId === undefined ? cursor.value : `${traceId};${cursor.value}`;
        continue;
      default:
        if (mayBeDisguised(cursor.nameLength, cursor.firstCode)) framing.noteDisguise(cursor);
        if (!cursor.isPlain) {
          invalidFields++;
          if (dropInvalid) continue;
        }
    }
    if (cursor.lineStart !== runEnd) {
      if (runStart < runEnd) kept += head.slice(runStart, runEnd);
      runStart = cursor.lineStart;
    }
    runEnd = cursor.lineEnd;
    isBeyondAscii ||= cursor.isBeyondAscii;
  }
  if (runStart < runEnd) kept += head.slice(runStart, runEnd);
  if (isBeyondAscii) framing.note('NonCompliantHeader');
  if (forwardedFor !== '' && forwardedFor.split(',').length > 30)
    return reject(463, 'X-Forwarded-For lists more than 30 addresses');
  return { framing, kept, host, forwardedFor, traceId, invalidFields };
}

/** Names that say something to the balancer; all others it passes on unread. */
const readNames = new FieldNames([
  ...['connection', 'content-length', 'expect', 'host', 'http2-settings', 'keep-alive', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'x-amzn-trace-id'],
  ...['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto'],
]);

/** Fields that say what the request is: without one that cannot be read, another request would go out than came in. */
const essential = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'expect']);
