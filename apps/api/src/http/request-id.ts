import { randomBytes } from 'node:crypto';

const acceptable = /^[\w.:+=/@-]{1,128}$/;

/** Whether an id that a client sent may go into logs and headers: bounded, and free of quotes, spaces and controls. */
export const isRequestId = (value: string): boolean => acceptable.test(value);

/** Ids that are unique per process by a random prefix and ordered by a counter: no random bytes per request. */
export function requestIds(prefix = randomBytes(6).toString('hex')): () => string {
  let count = 0;
  return () => `${prefix}-${(++count).toString(36)}`;
}
