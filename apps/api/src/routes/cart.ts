import * as z from 'zod';
import { problem, type ProblemCode } from '../http/problem.ts';
import { formMediaType, readFormBody } from '../http/read-body.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import type { ApiContext, Route } from '../http/route.ts';
import type { SessionCookie } from '../session/session-cookie.ts';
import { defineSessionRoute } from '../session/session-route.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Cart, Decision } from '../storefront/cart.ts';
import type { Links } from '../storefront/links.ts';
import { noticeOf, notices } from '../storefront/notice.ts';
import { pageReply, wantsPage, withProblemPages } from '../storefront/page-reply.ts';
import { CartPage } from '../storefront/pages/cart-page.tsx';
import type { Sale } from '../storefront/sale.ts';
import { wholeNumber } from '../whole-number.ts';

const maxBodyBytes = 4096;

const cartSchema = z.object({
  product: z.string(),
  quantity: z.int(),
  priceCents: z.int().describe('Price of one unit, in cents of USD.'),
  sumCents: z.int(),
});

type Told = keyof typeof notices;

/** Where a form leads when it changed nothing: back to where it can be sent again. `repeated` and the rest show the cart. */
const backToSale: ReadonlySet<Told> = new Set(['sold-out', 'sale-ended', 'session-over']);

const refusals: Partial<Readonly<Record<Told, ProblemCode>>> = {
  'sold-out': 'sold-out',
  'too-few-left': 'sold-out',
  'cart-full': 'limit-reached',
  'sale-ended': 'sale-ended',
  'session-over': 'conflict',
};

export interface CartRoutesOptions {
  readonly cookie: SessionCookie;
  readonly sessions: Sessions;
  readonly sale: Sale;
  readonly links: Links;
  readonly now: () => Date;
}

/** The session’s cart: pages and forms for people, JSON for programs that ask for it by `accept`. */
export function cartRoutes({ cookie, sessions, sale, links, now }: CartRoutesOptions): readonly Route[] {
  const { config } = sale;
  const { product, priceCents, maximumPerCart } = config;
  const shown = ({ quantity }: Cart): Reply =>
    json({ product, quantity, priceCents, sumCents: quantity * priceCents } satisfies z.input<
      typeof cartSchema
    >);

  /** Post, redirect, get: a page that is loaded again repeats nothing. */
  const answer = (context: ApiContext, told: Told, cart: Cart | undefined): Reply => {
    if (wantsPage(context)) {
      const target = backToSale.has(told) ? links.home : links.cart;
      return empty(303, { location: `${target}?notice=${told}` });
    }
    const code = refusals[told];
    if (code !== undefined) return problem(code, notices[told].text);
    return shown(cart ?? sale.cartOf(undefined));
  };
  const decided = (context: ApiContext, { outcome, cart }: Decision): Reply => answer(context, outcome, cart);

  const addition = z.strictObject({
    quantity: wholeNumber(1, maximumPerCart),
    product: z.literal(product, { error: `must be what is on sale: ${product}` }).optional(),
    token: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'must be the token of a form')
      .optional(),
  });
  const setting = z.strictObject({ quantity: wholeNumber(0, maximumPerCart) });
  const form = { streamedBody: [formMediaType], maxBodyBytes } as const;
  const responses = [
    { status: 200, description: 'The cart, for programs.', schema: cartSchema },
    { status: 303, description: 'To the page that says what became of it, for people.', contentType: 'none' },
  ];
  const problems = [
    'unsupported-media-type',
    'sold-out',
    'limit-reached',
    'sale-ended',
  ] as const satisfies readonly ProblemCode[];

  const routes = [
    defineSessionRoute(cookie, {
      method: 'GET',
      path: '/cart',
      operationId: 'viewCart',
      summary: 'The session’s cart, as a page or as JSON.',
      responses: [{ status: 200, description: 'The cart.', schema: cartSchema }],
      problems: [],
      handle: async ({ sessionId }, context) => {
        const session = sessionId === undefined ? undefined : await sessions.read(sessionId);
        const renewed = sessionId === undefined || session === undefined ? undefined : { id: sessionId };
        const cart = sale.cartOf(session);
        if (!wantsPage(context)) return { reply: shown(cart), session: renewed };
        const notice = noticeOf(context.req.query('notice'));
        const view = { config, links, now: now(), notice, cart, stock: await sale.stock() };
        return { reply: await pageReply(CartPage(view)), session: renewed };
      },
    }),
    defineSessionRoute(cookie, {
      method: 'POST',
      path: '/cart',
      operationId: 'buy',
      summary: 'Buys units: they are in the session’s cart, and nobody else’s.',
      ...form,
      responses,
      problems: [...problems, 'conflict'],
      handle: async ({ sessionId }, context) => {
        const read = await readFormBody(context, addition, maxBodyBytes);
        if ('reply' in read) return { reply: read.reply, session: undefined };
        const { quantity, token } = read.value;
        const added = await sale.add(sessionId, { quantity, token });
        if (added === 'session-over') {
          return { reply: answer(context, 'session-over', undefined), session: undefined };
        }
        return { reply: decided(context, added.decision), session: { id: added.id } };
      },
    }),
    defineSessionRoute(cookie, {
      method: 'POST',
      path: '/cart/quantity',
      operationId: 'setQuantity',
      summary: 'Sets how many units the cart holds; what it gives back can be bought again.',
      ...form,
      responses,
      problems: [...problems, 'conflict'],
      handle: async ({ sessionId }, context) => {
        const read = await readFormBody(context, setting, maxBodyBytes);
        if ('reply' in read) return { reply: read.reply, session: undefined };
        const decision = await sale.set(sessionId, read.value.quantity);
        if (sessionId === undefined || decision === undefined) {
          return { reply: answer(context, 'session-over', undefined), session: undefined };
        }
        return { reply: decided(context, decision), session: { id: sessionId } };
      },
    }),
  ];
  return routes.map((route) => withProblemPages(route, links));
}
