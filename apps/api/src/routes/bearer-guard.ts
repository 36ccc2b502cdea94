import { createHash, timingSafeEqual } from 'node:crypto';
import { problem } from '../http/problem.ts';
import type { Reply } from '../http/reply.ts';

/** Lets `authorization: Bearer <token>` pass. Hashes of equal length are compared in constant time. */
export function bearerGuard(token: string): (authorization: string | undefined) => Reply | undefined {
  const expected = sha256(token);
  return (authorization) => {
    const sent = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (sent !== undefined && timingSafeEqual(sha256(sent), expected)) return undefined;
    return problem('unauthorized', 'Send the task’s token as authorization: Bearer <token>.', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  };
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
