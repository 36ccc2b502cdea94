import { isFieldValueCode } from './characters.ts';
import { FieldCursor, withoutFields } from './field-cursor.ts';
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
export function parseResponseHead(head: string, requestMethod: string): ResponseHead | undefined {
  const lineEnd = head.indexOf('\r\n');
  const line = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: (.*))?$/.exec(head.slice(0, lineEnd));
  if (line === null) return undefined;
  const reason = line[3] ?? '';
  for (let index = 0; index < reason.length; index++) {
    if (!isFieldValueCode(reason.charCodeAt(index))) return undefined;
  }
  const status = Number(line[2]);
  const framing = new FramingFields();
  const fields = readFields(head, lineEnd + 2, framing);
  if (fields === undefined || hasDoubtfulLength(framing)) return undefined;
  const { kept } = fields;
  const nominated = framing.nominated === undefined ? kept : withoutFields(kept, framing.nominated);
  const body = bodyFraming(status, requestMethod, framing);
  const persistent = line[1] === '1' ? !framing.close : framing.keepAlive && !framing.close;
  return {
    status,
    statusLine: `HTTP/1.1 ${status} ${reason}`,
    // A length on a response that cannot have a body would only mislead the client.
    fields: status < 200 || status === 204 ? withoutFields(nominated, contentLength) : nominated,
    body,
    keepAlive: persistent && body !== 'until-close',
    upgrade: status === 101 && framing.upgrade ? fields.upgrade : undefined,
  };
}

/** A response is taken by its own framing or not at all: nothing about its length may be in doubt. */
const hasDoubtfulLength = ({ desync, isCodingUnsupported, chunked, contentLength }: FramingFields): boolean =>
  desync !== undefined || isCodingUnsupported || (chunked && contentLength !== undefined);

function readFields(
  head: string,
  start: number,
  framing: FramingFields,
): { readonly kept: string; readonly upgrade: string | undefined } | undefined {
  const cursor = new FieldCursor(head, start);
  let kept = '';
  let upgrade: string | undefined;
  while (cursor.next()) {
    switch (cursor.name) {
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
      case 'trailer':
        continue;
    }
    kept += head.slice(cursor.lineStart, cursor.lineEnd);
  }
  return cursor.malformed ? undefined : { kept, upgrade };
}

/** RFC 9112, 6.3, in its order. */
function bodyFraming(status: number, requestMethod: string, framing: FramingFields): BodyFraming {
  if (requestMethod === 'HEAD' || status < 200 || status === 204 || status === 304) return 0;
  if (framing.chunked) return 'chunked';
  return framing.contentLength ?? 'until-close';
}
