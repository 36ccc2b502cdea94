import * as z from 'zod';
import type { CpuPool } from '../cpu/cpu-pool.ts';
import { StoreUnavailable } from '../documents/document-store.ts';
import { startCpuWork } from '../http/cpu-work.ts';
import { problem } from '../http/problem.ts';
import { json } from '../http/reply.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { SessionCookie } from '../session/session-cookie.ts';
import { defineSessionRoute, type SessionReply } from '../session/session-route.ts';
import type { Sessions } from '../session/sessions.ts';
import { assets } from '../storefront/assets.ts';
import type { Links } from '../storefront/links.ts';
import { noticeOf } from '../storefront/notice.ts';
import { pageReply, withProblemPages } from '../storefront/page-reply.ts';
import { SalePage } from '../storefront/pages/sale-page.tsx';
import type { Sale } from '../storefront/sale.ts';
import { saleState, unitsLeft } from '../storefront/stock-document.ts';

const stockSchema = z.object({
  total: z.int().describe('Units that the sale began with.'),
  left: z.int().describe('Units that can still be bought.'),
  sold: z.int().describe('Units in carts, those of sessions that are over among them.'),
  state: z.enum(['open', 'sold-out', 'ended']),
  endsAt: z.iso.datetime().describe('End of the sale, the same for every task.'),
});

export interface StorefrontRoutesOptions {
  readonly cookie: SessionCookie;
  readonly sessions: Sessions;
  readonly sale: Sale;
  readonly links: Links;
  readonly cpu: CpuPool | undefined;
  /** Of a form: unique, and not to be guessed. */
  readonly newId: () => string;
  readonly now: () => Date;
}

/** The promotional page, what it loads, and how much is left. */
export function storefrontRoutes(options: StorefrontRoutesOptions): readonly Route[] {
  const { cookie, sessions, sale, links, cpu, newId, now } = options;

  /** A visitor gets a session with the page, so that both submits of a double click belong to the same one. */
  const visit = async (sessionId: string | undefined) => {
    const session = sessionId === undefined ? undefined : await sessions.read(sessionId);
    if (sessionId !== undefined && session !== undefined) return { id: sessionId, session };
    const { id, result } = await sessions.changeOrStart(undefined, (started) => ({ result: started }));
    return { id, session: result };
  };
  const known = async (sessionId: string | undefined) => {
    try {
      const [stock, { id, session }] = await Promise.all([sale.stock(), visit(sessionId)]);
      return { id, stock, cart: sale.cartOf(session) };
    } catch (error) {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  };

  const page = defineSessionRoute(cookie, {
    method: 'GET',
    path: '/',
    operationId: 'viewSale',
    summary:
      'The storefront as a page, after the configured CPU work; without the stock while its store is away.',
    responses: [{ status: 200, description: 'The page.', contentType: 'text/html' }],
    problems: ['overloaded'],
    handle: async ({ sessionId }, context): Promise<SessionReply> => {
      const work = startCpuWork(cpu);
      if (work !== undefined && !(work instanceof Promise)) return { reply: work, session: undefined };
      const [read] = await Promise.all([known(sessionId), work]);
      const notice = noticeOf(context.req.query('notice'));
      const view = { config: sale.config, links, now: now(), notice, known: read, token: newId() };
      return { reply: await pageReply(SalePage(view)), session: read && { id: read.id } };
    },
  });

  const stock = defineRoute({
    method: 'GET',
    path: '/stock',
    operationId: 'getStock',
    summary: 'How much of the sale is left, and how much is sold.',
    responses: [{ status: 200, description: 'The stock.', schema: stockSchema }],
    problems: ['session-store-unavailable'],
    handle: async () => {
      try {
        const kept = await sale.stock();
        const { total, sold, endsAt } = kept;
        const shown: z.input<typeof stockSchema> = {
          total,
          left: unitsLeft(kept),
          sold,
          state: saleState(kept, now()),
          endsAt,
        };
        return json(shown);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        return problem('session-store-unavailable', 'The session store did not answer; try again.', {
          headers: { 'retry-after': '1' },
        });
      }
    },
  });

  const assetRoute = defineRoute({
    method: 'GET',
    path: '/assets/:file',
    operationId: 'getAsset',
    summary: 'What a page loads; its path changes with its content, so that a browser may keep it.',
    params: z.object({ file: z.string().max(100) }),
    responses: [{ status: 200, description: 'The style, script or icon.', contentType: 'text/css' }],
    problems: ['not-found'],
    handle: ({ params: { file } }) => {
      const asset = Object.values(assets).find((candidate) => candidate.file === file);
      if (asset === undefined) return problem('not-found', 'This release has no such asset.');
      const { contentType, body } = asset;
      const headers = { 'cache-control': 'public, max-age=31536000, immutable' };
      return { status: 200, contentType, body, headers };
    },
  });

  return [withProblemPages(page, links), stock, assetRoute];
}
