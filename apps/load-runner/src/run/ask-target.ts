import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { messageOf } from '@tideline/process';
import { type SentRequest, userAgent } from '../load/connection/sent-request.ts';

const longestWaitMs = 10_000;

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** Where a redirect leads; null for any other answer. */
  readonly location: string | null;
}

/**
 * Asks the target once, in the bytes of the load but for the user agent. Answers that come before the final one (RFC 9110 15.2) are passed
 * over, which `fetch` does not do for a 100 that it did not ask for. Redirects are not followed; a certificate is checked.
 * @param longest bytes of the body that are read. @default all
 */
export function askTarget(target: URL, asked: SentRequest, longest = Infinity): Promise<Answered> {
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  const { method, path, body } = asked;
  // A log then shows which requests were load.
  const ownAgent = asked.headers['user-agent'] === userAgent ? { 'user-agent': `${userAgent}-check` } : {};
  const headers = { ...asked.headers, ...ownAgent };
  const signal = AbortSignal.timeout(longestWaitMs);
  // Node takes an IPv6 address without the brackets of a URL.
  const hostname = target.hostname.replaceAll(/[[\]]/g, '');
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(
        signal.aborted
          ? new Error(`no answer within ${longestWaitMs / 1000} s`, { cause: error })
          : explained(error),
      );
    };
    const sent = request({ hostname, port: target.port, method, path, headers, signal, agent: false });
    sent.on('error', fail);
    sent.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const location = status >= 300 && status < 400 ? (response.headers.location ?? null) : null;
      let text = '';
      response.setEncoding('utf8');
      response.on('error', fail);
      response.on('data', (part: string) => {
        text += part;
        if (text.length < longest) return;
        resolve({ status, text, location });
        sent.destroy();
      });
      response.on('end', () => resolve({ status, text, location }));
    });
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, text: '', location: null });
    });
    sent.end(body);
  });
}

/** Of a host with several addresses, each has an error of its own, and the one around them no message. */
function explained(error: Error): Error {
  if (error.message !== '' || !(error instanceof AggregateError)) return error;
  const reasons = error.errors.map(messageOf);
  return new Error(reasons.join(', '), { cause: error });
}
