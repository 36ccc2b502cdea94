import type { Child } from 'hono/jsx';
import type { StorefrontConfig } from '../../storefront-variables.ts';
import type { Cart } from '../cart.ts';
import type { Links } from '../links.ts';
import type { Notice } from '../notice.ts';
import { priceText } from '../sale.ts';
import { saleState, unitsLeft, type SaleState, type Stock } from '../stock-document.ts';
import { Layout } from './layout.tsx';
import { QuantitySelect } from './quantity-select.tsx';
import { momentText, timeLeft } from '../time-left.ts';

export interface SaleView {
  readonly config: StorefrontConfig;
  readonly links: Links;
  readonly now: Date;
  readonly notice: Notice | undefined;
  /** Undefined while the store does not answer: then nobody knows what is left, and nobody can buy. */
  readonly known: { readonly stock: Stock; readonly cart: Cart } | undefined;
  /** Of this rendering’s form. */
  readonly token: string;
}

/** The longest headline that is set in the largest size. */
const shortHeadlineLength = 24;

/** The promotional page. */
export const SalePage = (view: SaleView) => {
  const { config, links, now, notice, known } = view;
  const state = known && saleState(known.stock, now);
  return (
    <Layout title={config.headline} links={links} unitsInCart={known?.cart.quantity} notice={notice}>
      <div class="hero">
        <div>
          <p class="kicker">{kickers[state ?? 'unknown']}</p>
          <h1 class={config.headline.length > shortHeadlineLength ? 'headline long' : 'headline'}>
            {config.headline}
          </h1>
          <p class="offer">{config.offer}</p>
          {known === undefined || state === 'ended' ? null : (
            <Countdown endsAt={new Date(known.stock.endsAt)} now={now} />
          )}
        </div>
        <section class="ticket" aria-labelledby="product">
          <div class="ticket-body">
            <h2 class="product" id="product">
              {config.product}
            </h2>
            <p class="price">
              {priceText(config.priceCents)} <small>each</small>
            </p>
            {known === undefined ? null : <StockMeter stock={known.stock} />}
          </div>
          <div class="ticket-stub">
            <Stub view={view} state={state} />
          </div>
        </section>
      </div>
    </Layout>
  );
};

const kickers: Readonly<Record<SaleState | 'unknown', string>> = {
  open: 'Flash sale',
  'sold-out': 'Sold out',
  ended: 'The sale is over',
  unknown: 'Flash sale',
};

const StockMeter = ({ stock }: { readonly stock: Stock }) => {
  const left = unitsLeft(stock);
  return (
    <div class="stock">
      <p>
        {left === 0 ? 'None left' : `${left} left`} <span>of {stock.total}</span>
      </p>
      <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="4" />
        <rect class="left" width={stock.total === 0 ? 0 : (left / stock.total) * 100} height="4" />
      </svg>
    </div>
  );
};

interface StubProps {
  readonly view: SaleView;
  readonly state: SaleState | undefined;
}

/** What the reader can do about it: buy, or read why not. */
const Stub = ({ view: { config, links, known, token }, state }: StubProps) => {
  if (known === undefined) {
    return (
      <Closed button="Shop now" links={undefined}>
        We cannot reach our stock at the moment, so nothing can be bought. Please load this page again in a
        moment.
      </Closed>
    );
  }
  const toCart = known.cart.quantity > 0 ? links : undefined;
  if (state === 'ended')
    return (
      <Closed stamp="It’s over" links={toCart}>
        The sale has ended.
      </Closed>
    );
  if (state === 'sold-out') {
    return (
      <Closed stamp="Sold out" links={toCart}>
        Every unit is in somebody’s cart. If one is taken out, it is for sale here again.
      </Closed>
    );
  }
  const room = config.maximumPerCart - known.cart.quantity;
  if (room <= 0) {
    return (
      <Closed links={links}>
        Your cart holds {config.maximumPerCart}, which is as many as one cart may.
      </Closed>
    );
  }
  return (
    <>
      <form class="buy" method="post" action={links.cart}>
        <input type="hidden" name="product" value={config.product} />
        <input type="hidden" name="token" value={token} />
        <label for="quantity">Quantity</label>
        <QuantitySelect from={1} to={Math.min(room, unitsLeft(known.stock))} chosen={1} />
        <button type="submit">Shop now</button>
      </form>
      <p class="hint">At most {config.maximumPerCart} per cart.</p>
    </>
  );
};

interface ClosedProps {
  readonly stamp?: string;
  /** Of a button that does nothing now. */
  readonly button?: string;
  /** Given where there is a cart to go to. */
  readonly links: Links | undefined;
  readonly children?: Child;
}

const Closed = ({ stamp, button, links, children }: ClosedProps) => (
  <div class="stack">
    <div>
      {stamp === undefined ? null : <p class="stamp">{stamp}</p>}
      <p>{children}</p>
    </div>
    {button === undefined ? null : (
      <button type="button" class="wide" disabled>
        {button}
      </button>
    )}
    {links === undefined ? null : (
      <a class="button wide" href={links.cart}>
        See your cart
      </a>
    )}
  </div>
);

/** How long the sale goes on: right when it was rendered, and ticking where there is a script. */
const Countdown = ({ endsAt, now }: { readonly endsAt: Date; readonly now: Date }) => {
  const left = timeLeft(endsAt, now);
  return (
    <section class="clock" aria-labelledby="ends-in">
      <h2 id="ends-in">
        Ends in{' '}
        <span class="hidden" data-spoken>
          {left.spoken}
        </span>
      </h2>
      <div class="units" data-seconds-left={left.seconds} aria-hidden="true">
        {left.parts.map(({ unit, text }) => (
          <span>
            <b data-unit={unit}>{text}</b>
            <small>{unit}</small>
          </span>
        ))}
      </div>
      <p class="ends">
        On <time datetime={endsAt.toISOString()}>{momentText(endsAt)}</time>
      </p>
    </section>
  );
};
