import type { Outcome } from './cart.ts';

/** What a page says about the form that led to it. */
export interface Notice {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

const good = (text: string): Notice => ({ tone: 'good', text });
const bad = (text: string): Notice => ({ tone: 'bad', text });

export const notices = {
  added: good('It is in your cart, and yours.'),
  changed: good('Your cart is changed.'),
  removed: good('Your cart is empty again; somebody else may buy what was in it.'),
  repeated: good('That form came twice. It counted once, and what you wanted is in your cart.'),
  'sold-out': bad('Sold out: somebody was faster. Nothing was added.'),
  'too-few-left': bad('There are fewer left than you wanted. Nothing was changed; try a smaller number.'),
  'cart-full': bad('Your cart would hold more than one cart may. Nothing was added.'),
  'sale-ended': bad('The sale is over. Nothing was added.'),
  'session-over': bad(
    'Nothing was changed: this page was open for too long, or your browser keeps no cookies. Please try again.',
  ),
} as const satisfies Record<Outcome | 'session-over', Notice>;

/** What became of the form, in few words: a page that has just loaded is read out from its title on. */
export const noticeTitle = ({ text }: Notice): string => text.split(/[.;]/, 1)[0] ?? text;

/** By the code in a page’s address; anything else says nothing. */
export const noticeOf = (code: string | undefined): Notice | undefined =>
  code !== undefined && Object.hasOwn(notices, code) ? notices[code as keyof typeof notices] : undefined;
