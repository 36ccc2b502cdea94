import { Buffer } from 'node:buffer';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { LoadEndpoint } from '@tideline/config';
import { messageOf } from '@tideline/process';

/** A request as a profile describes it, its placeholders filled in. */
export type DescribedRequest = Pick<LoadEndpoint, 'method' | 'path' | 'headers' | 'body'>;

/** A request as it goes over the wire. */
export interface SentRequest {
  readonly method: LoadEndpoint['method'];
  /** Path and query below the target’s own, as the URL standard writes them. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a load says it is, where the profile says nothing else. */
export const userAgent = 'tideline-load-runner';

/** Where a message ends, and what becomes of its connection: who sends it decides that (RFC 9112 6, RFC 9110 7.6.1). */
const ownHeaders = [
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Methods whose requests say that their body is empty, where it is (RFC 9110 8.6). */
const withBody = ['POST', 'PUT', 'PATCH'];

/** @throws Error that names the field and says what is allowed, where a request cannot be sent as it is described */
export function sentRequest(target: URL, endpoint: DescribedRequest, keepAlive: boolean): SentRequest {
  const { method } = endpoint;
  const body = Buffer.from(endpoint.body ?? '');
  const given = givenHeaders(endpoint);
  const framing: Record<string, string> =
    endpoint.body !== null || withBody.includes(method) ? { 'content-length': String(body.length) } : {};
  return {
    method,
    path: sentPath(target, endpoint.path),
    headers: {
      host: target.host,
      connection: keepAlive ? 'keep-alive' : 'close',
      'user-agent': userAgent,
      ...framing,
      ...given,
    },
    body,
  };
}

function sentPath(target: URL, path: string): string {
  const [beforeFragment = '', fragment] = path.split('#', 2);
  if (fragment !== undefined)
    throw new Error(`path: got "${path}"; what follows a # is never sent: leave it out, or write %23`);
  const [, name = '', query = ''] = /^([^?]*)(.*)$/su.exec(beforeFragment) ?? [];
  const url = new URL(target);
  url.pathname = `${target.pathname.replace(/\/$/, '')}${name}`;
  url.search = query;
  return url.pathname + url.search;
}

function givenHeaders({ headers }: DescribedRequest): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [typed, value] of Object.entries(headers)) {
    const name = typed.toLowerCase();
    if (ownHeaders.includes(name))
      throw new Error(`headers.${typed}: the load runner sends its own; leave it out`);
    if (name in given) throw new Error(`headers.${typed}: given twice, in capitals and not; give it once`);
    try {
      validateHeaderName(typed);
      validateHeaderValue(typed, value);
    } catch (error) {
      const reason = messageOf(error);
      throw new Error(
        `headers.${typed}: ${reason}; a name is letters, digits and hyphens, a value one line of Latin-1 text`,
        { cause: error },
      );
    }
    if (name === 'host' && !isHost(value))
      throw new Error(
        `headers.${typed}: got "${value}"; allowed is a host name, with a port where it needs one`,
      );
    given[name] = value.replaceAll(/^[\t ]+|[\t ]+$/g, '');
  }
  return given;
}

const isHost = (value: string): boolean => /^[^\s/?#@\\]+$/.test(value) && URL.canParse(`http://${value}`);
