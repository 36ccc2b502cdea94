import type { SessionDocument } from '../session/session-document.ts';
import { saleState, unitsLeft, type Stock } from './stock-document.ts';

/** Submits of a form that a session remembers: far more than a person has open at once. */
const rememberedTokens = 20;

export type Cart = NonNullable<SessionDocument['cart']>;

/** The session’s cart; one of an earlier sale counts for nothing in this one. */
export const cartOf = (session: SessionDocument | undefined, sale: string): Cart =>
  session?.cart?.sale === sale ? session.cart : { sale, quantity: 0, tokens: [] };

/** What became of a wish: `repeated` is a form that came twice, of which only the first counts. */
export type Outcome =
  'added' | 'changed' | 'removed' | 'repeated' | 'sold-out' | 'too-few-left' | 'cart-full' | 'sale-ended';

export interface Decision {
  readonly outcome: Outcome;
  readonly cart: Cart;
  readonly stock: Stock;
}

interface Situation {
  readonly cart: Cart;
  readonly stock: Stock;
  readonly maximumPerCart: number;
  readonly now: Date;
}

/** Puts units into the cart and takes them from the stock: all of them, or none. */
export function addUnits(
  situation: Situation,
  { quantity, token }: { readonly quantity: number; readonly token: string | undefined },
): Decision {
  const { cart, stock } = situation;
  if (token !== undefined && cart.tokens.includes(token)) return { outcome: 'repeated', cart, stock };
  const moved = move(situation, quantity);
  if (typeof moved === 'string') return { outcome: moved, cart, stock };
  const tokens = token === undefined ? cart.tokens : [...cart.tokens, token].slice(-rememberedTokens);
  return { outcome: 'added', cart: { ...moved.cart, tokens }, stock: moved.stock };
}

/** Sets how many units the cart holds. Those that it gives back can be bought again, even when the sale is over. */
export function setUnits(situation: Situation, quantity: number): Decision {
  const { cart, stock } = situation;
  const moved = move(situation, quantity - cart.quantity);
  if (typeof moved === 'string') return { outcome: moved, cart, stock };
  return { outcome: quantity === 0 ? 'removed' : 'changed', ...moved };
}

type Refusal = Extract<Outcome, 'sold-out' | 'too-few-left' | 'cart-full' | 'sale-ended'>;

/** Moves units between stock and cart; a negative number gives them back. */
function move(
  { cart, stock, maximumPerCart, now }: Situation,
  units: number,
): Pick<Decision, 'cart' | 'stock'> | Refusal {
  if (units > 0) {
    const state = saleState(stock, now);
    if (state === 'ended') return 'sale-ended';
    if (cart.quantity + units > maximumPerCart) return 'cart-full';
    if (state === 'sold-out') return 'sold-out';
    if (units > unitsLeft(stock)) return 'too-few-left';
  }
  return {
    cart: { ...cart, quantity: cart.quantity + units },
    stock: { ...stock, sold: Math.max(0, stock.sold + units) },
  };
}
