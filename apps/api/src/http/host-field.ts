import { isIPv6 } from 'node:net';

/** What nearly every client sends: a name or an IPv4 address, and maybe a port. */
const plainHost = /^[\w.-]+(?::\d*)?$/;
/** `uri-host [ ":" port ]` of RFC 3986: a registered name may be empty and hold escapes, a port may be empty. */
const anyHost =
  /^(?:\[([\dA-Fa-f:.]+)\]|\[v[\dA-Fa-f]+\.[\w.~!$&'()*+,;=:-]+\]|(?:[\w.~!$&'()*+,;=-]|%[\dA-Fa-f]{2})*)(?::\d*)?$/;

/** Whether a `Host` field’s value is one (RFC 9110 7.2). An empty one is: it says that the target has no authority. */
export function isHost(value: string): boolean {
  if (plainHost.test(value)) return true;
  const match = anyHost.exec(value);
  return match !== null && (match[1] === undefined || isIPv6(match[1]));
}
