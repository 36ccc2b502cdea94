import type { IncomingMessage } from 'node:http';
import { isHost } from './host-field.ts';
import type { ProblemCode } from './problem.ts';

/** Why a request is refused before it gets to the app. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
}

export type RequestHead = Pick<
  IncomingMessage,
  'method' | 'url' | 'httpVersion' | 'httpVersionMajor' | 'httpVersionMinor' | 'headers' | 'rawHeaders'
>;

/** Fields of a request’s head. Node would leave out what is beyond its own limit without a word. */
export const maxFields = 1000;

/** Stands for every authority: what is served does not depend on it, and what Hono and its listener take is less than what is valid. */
export const anyOrigin = 'http://localhost';

/** Path and query as they were sent, whichever form the request had. */
export const pathOf = ({ url = '' }: Pick<IncomingMessage, 'url'>): string =>
  url.startsWith(anyOrigin) ? url.slice(anyOrigin.length) : url;

/** What `OPTIONS *` asks about, as a path: no route can have it. */
export const everyTarget = '/*';

/**
 * Reads what RFC 9112 says of a request’s target, `Host` and framing, beyond what Node’s parser does. The authority of an
 * absolute target replaces `Host` (3.2.2).
 * @returns path and query, as a URL has them; or why the request is refused
 */
export function readHead(request: RequestHead): string | Refusal {
  const { httpVersionMajor, httpVersionMinor, rawHeaders } = request;
  if (httpVersionMajor !== 1) {
    return { code: 'version-not-supported', detail: `Got HTTP/${request.httpVersion}; send HTTP/1.1.` };
  }
  if (rawHeaders.length > 2 * maxFields) {
    return { code: 'headers-too-large', detail: `The request head has more than ${maxFields} fields.` };
  }
  let hosts = 0;
  let host = '';
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length !== 4 || name.toLowerCase() !== 'host') continue;
    hosts += 1;
    host = rawHeaders[at + 1] ?? '';
  }
  // HTTP/1.0 knew no Host; with it, one field is what every version may have (RFC 9112 3.2).
  if (hosts > 1 || (hosts === 0 && httpVersionMinor > 0)) {
    return invalid(`Got ${hosts === 0 ? 'no' : 'more than one'} Host field; send one.`);
  }
  if (!isHost(host)) return invalid('The Host field is not a host with an optional port.');
  return readFraming(request) ?? readTarget(request);
}

/** HTTP/1.0 has no codings, and what ends in another one has no known length (RFC 9112 6.1 and 6.3). */
function readFraming({ headers, httpVersionMinor }: RequestHead): Refusal | undefined {
  const codings = headers['transfer-encoding'];
  if (codings === undefined || codings === '') return undefined;
  if (httpVersionMinor === 0) return invalid('HTTP/1.0 has no Transfer-Encoding; send Content-Length.');
  if (codings.toLowerCase() === 'chunked') return undefined;
  if (!/[\s,]chunked$/i.test(codings)) return invalid('Transfer-Encoding does not end in chunked.');
  return { code: 'not-implemented', detail: 'Only the transfer coding chunked is implemented.' };
}

const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/is;
/** Paths and queries that a URL holds as they are. */
const plainPath = /^\/[!$&-;=?-[\]_a-z~]*$/;
const dotSegment = /\/\.\.?(?:[/?#]|$)/;

function readTarget(request: RequestHead): string | Refusal {
  const { method, url: target = '' } = request;
  if (target.startsWith('/')) return asPath(target);
  if (target === '*') {
    return method === 'OPTIONS' ? everyTarget : invalid('Only OPTIONS may ask about *; send a path.');
  }
  const [, authority = '', rest = ''] = absoluteForm.exec(target) ?? [];
  // An http URI names a host, and no user (RFC 9110 4.2.1 and 4.2.4).
  if (authority === '' || authority.startsWith(':') || !isHost(authority)) {
    return invalid('The request target is neither a path nor an http URI with a host.');
  }
  request.headers.host = authority;
  if (rest === '' && method === 'OPTIONS') return everyTarget;
  return asPath(rest.startsWith('/') ? rest : `/${rest}`);
}

function asPath(target: string): string | Refusal {
  if (plainPath.test(target) && !dotSegment.test(target)) return target;
  // A URL would read it as a slash, and what is in front may not.
  if (target.split('?', 1)[0]?.includes('\\') === true) return invalid('The path has a backslash.');
  const { pathname, search } = new URL(anyOrigin + target);
  return pathname + search;
}

const invalid = (detail: string): Refusal => ({ code: 'invalid-request', detail });
