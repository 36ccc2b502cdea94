import { StoreUnavailable } from '../documents/document-store.ts';
import { problem } from '../http/problem.ts';
import type { Reply } from '../http/reply.ts';
import {
  requestHeader,
  defineRoute,
  type ApiContext,
  type Input,
  type Route,
  type TypedRoute,
} from '../http/route.ts';
import { isCrossSite } from './cross-site.ts';
import type { SessionCookie } from './session-cookie.ts';

/** What a handler answers, and the session that the answer’s cookie is for. */
export interface SessionReply {
  readonly reply: Reply;
  /** Renews this session’s cookie; `ended` takes it away, undefined leaves the browser as it is. */
  readonly session: { readonly id: string } | 'ended' | undefined;
}

interface SessionRoute<Params, Query, Body> extends Omit<
  TypedRoute<Params, Query, Body>,
  'handle' | 'inSession'
> {
  /** `sessionId` is undefined where the request has no cookie: the session may be over all the same where it has one. */
  readonly handle: (
    input: Input<Params, Query, Body> & { readonly sessionId: string | undefined },
    context: ApiContext,
  ) => Promise<SessionReply>;
}

const retryAfterSeconds = 1;

/**
 * Declares a route of a session: refuses what another site sent and cookies that we did not sign, renews the cookie, and
 * answers 503 while the store is away.
 */
export const defineSessionRoute = <Params = undefined, Query = undefined, Body = undefined>(
  cookie: SessionCookie,
  route: SessionRoute<Params, Query, Body>,
): Route =>
  defineRoute<Params, Query, Body>({
    ...route,
    inSession: true,
    handle: async (input, context) => {
      if (route.method !== 'GET' && isCrossSite(context)) {
        return problem('cross-site', 'Only pages of this site may change a session.');
      }
      const transport = { isSecure: isSecure(context) };
      const read = cookie.read(requestHeader(context, 'cookie'));
      if (read === 'forged') {
        const detail = 'The cookie is taken away with this answer; the next request starts a session.';
        return problem('invalid-session', detail, { headers: { 'set-cookie': cookie.clear(transport) } });
      }
      try {
        const { reply, session } = await route.handle({ ...input, sessionId: read.id }, context);
        if (session === undefined) return reply;
        const setCookie = session === 'ended' ? cookie.clear(transport) : cookie.write(session.id, transport);
        return { ...reply, headers: { ...reply.headers, 'set-cookie': setCookie } };
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        return problem('session-store-unavailable', 'The session store did not answer; try again.', {
          headers: { 'retry-after': String(retryAfterSeconds) },
        });
      }
    },
  });

/** The balancer ends TLS, and CloudFront may do so in front of it; each says in a header how the client came. */
const isSecure = (context: ApiContext): boolean =>
  ['x-forwarded-proto', 'cloudfront-forwarded-proto'].some(
    (name) => requestHeader(context, name)?.toLowerCase() === 'https',
  );
