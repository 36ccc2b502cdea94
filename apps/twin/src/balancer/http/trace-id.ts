import { randomBytes } from 'node:crypto';

const root = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/i;

/**
 * X-Amzn-Trace-Id as the target gets it (Application Load Balancer guide, “Request tracing”): with a `Self` of this request
 * before a `Root` that came in, with a new `Root` where none did or none that is well-formed. An application’s own fields stay.
 * @param traceId what the client sent; empty when it sent nothing
 */
export function forwardedTrace(traceId: string): string {
  if (traceId === '') return `Root=${newTraceId()}`;
  const fields = traceId
    .split(';')
    .map((field) => field.trim())
    .filter((field) => field !== '' && !/^self=/i.test(field));
  const known = fields.findIndex((field) => root.test(field));
  const others = fields.filter((field, index) => index === known || !/^root(=|$)/i.test(field));
  return [`${known >= 0 ? 'Self' : 'Root'}=${newTraceId()}`, ...others].join(';');
}

const instance = randomBytes(8).toString('hex');
/** Numbers are slow to format in hexadecimal, and this happens for every request: two bytes come from this table, the rest changes rarely. */
const hexByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
let sequence = randomBytes(4).readUInt32BE();
let prefix = '';
let prefixSecond = 0;

/** Version, time in seconds, and 96 bits that are unique (64 random ones of this process, 32 counted). */
function newTraceId(): string {
  sequence = (sequence + 1) >>> 0;
  const low = sequence & 0xffff;
  const second = Math.floor(Date.now() / 1000);
  if (second !== prefixSecond || low === 0) {
    prefixSecond = second;
    const high = (sequence >>> 16).toString(16).padStart(4, '0');
    prefix = `1-${second.toString(16)}-${instance}${high}`;
  }
  return `${prefix}${hexByte[low >>> 8] ?? ''}${hexByte[low & 0xff] ?? ''}`;
}
