import { type RequestHead, type RequestRules, parseRequestHead } from '../src/balancer/http/request-head.ts';

/** As a description has them that says nothing else. */
export const defaultRules: RequestRules = {
  desyncMitigationMode: 'defensive',
  dropInvalidHeaderFields: true,
};

/** The request that a head is. @throws Error when the balancer refuses it */
export function requestOf(head: string): RequestHead {
  const request = parseRequestHead(head, defaultRules);
  if ('rejected' in request) throw new Error(`rejected: ${request.cause}`);
  return request;
}
