import type { StorefrontConfig } from '../../storefront-variables.ts';
import type { Cart } from '../cart.ts';
import type { Links } from '../links.ts';
import type { Notice } from '../notice.ts';
import { priceText } from '../sale.ts';
import { saleState, unitsLeft, type Stock } from '../stock-document.ts';
import { Layout } from './layout.tsx';
import { QuantitySelect } from './quantity-select.tsx';

export interface CartView {
  readonly config: StorefrontConfig;
  readonly links: Links;
  readonly now: Date;
  readonly notice: Notice | undefined;
  readonly cart: Cart;
  readonly stock: Stock;
}

/** What the reader has bought, and how to give some of it back. */
export const CartPage = (view: CartView) => {
  const { links, notice, cart } = view;
  return (
    <Layout title="Your cart" links={links} unitsInCart={cart.quantity} notice={notice}>
      <div class="sheet">
        <h1>Your cart</h1>
        <div class="panel">{cart.quantity === 0 ? <Empty {...view} /> : <Filled {...view} />}</div>
      </div>
    </Layout>
  );
};

const Empty = ({ links, stock, now }: CartView) => (
  <div class="stack">
    <p>
      Nothing in it yet.{' '}
      {saleState(stock, now) === 'open'
        ? `There are ${unitsLeft(stock)} left.`
        : 'The sale has nothing left.'}
    </p>
    <p>
      <a class="button" href={links.home}>
        Go to the sale
      </a>
    </p>
  </div>
);

const Filled = ({ config, links, now, cart, stock }: CartView) => {
  const more = saleState(stock, now) === 'open' ? unitsLeft(stock) : 0;
  const most = Math.max(cart.quantity, Math.min(config.maximumPerCart, cart.quantity + more));
  return (
    <>
      <section class="line" aria-labelledby="product">
        <div>
          <h2 class="product" id="product">
            {config.product}
          </h2>
          <p>
            {cart.quantity} × {priceText(config.priceCents)}
          </p>
        </div>
        <div class="line-actions">
          <form method="post" action={links.quantity}>
            <label for="quantity">Quantity</label>
            <QuantitySelect from={1} to={most} chosen={cart.quantity} />
            <button type="submit" class="plain">
              Update
            </button>
          </form>
          <form method="post" action={links.quantity}>
            <input type="hidden" name="quantity" value="0" />
            <button type="submit" class="plain">
              Remove<span class="hidden"> {config.product}</span>
            </button>
          </form>
        </div>
      </section>
      <dl class="sum">
        <dt>Sum</dt>
        <dd>{priceText(cart.quantity * config.priceCents)}</dd>
      </dl>
      <div class="after">
        <a href={links.home}>Back to the sale</a>
      </div>
    </>
  );
};
