import type { DocumentStore, Write } from '../documents/document-store.ts';
import type { SessionDocument } from '../session/session-document.ts';
import type { SessionChange, Sessions } from '../session/sessions.ts';
import type { StorefrontConfig } from '../storefront-variables.ts';
import { addUnits, cartOf, setUnits, type Cart, type Decision } from './cart.ts';
import { saleId, stockKey, stockOf, type Stock } from './stock-document.ts';

export interface SaleOptions {
  readonly config: StorefrontConfig;
  readonly documents: DocumentStore;
  readonly sessions: Sessions;
  readonly now: () => Date;
}

/** A wish for more units. A form that a page rendered has a token, by which a second submit of it is known. */
export interface Purchase {
  readonly quantity: number;
  readonly token: string | undefined;
}

type Situation = Parameters<typeof addUnits>[0];

/**
 * The sale of all tasks of the service. The cart is in the session’s document and the stock in its own; every change
 * writes both in one atomic step, so that no unit is sold twice, and none is lost.
 */
export class Sale {
  readonly config: StorefrontConfig;
  readonly #id: string;
  readonly #stockKey: string;
  readonly #options: SaleOptions;

  constructor(options: SaleOptions) {
    this.#options = options;
    this.config = options.config;
    this.#id = saleId(options.config);
    this.#stockKey = stockKey(this.#id);
  }

  /** The stock; where no task has been before, the sale begins with this. */
  async stock(): Promise<Stock> {
    const kept = await this.#options.documents.read(this.#stockKey);
    if (kept !== undefined) return this.#stockOf(kept);
    return this.#options.documents.transact([this.#stockKey], ([document]) => {
      const stock = this.#stockOf(document);
      return { writes: document === undefined ? this.#write(stock) : {}, result: stock };
    });
  }

  cartOf(session: SessionDocument | undefined): Cart {
    return cartOf(session, this.#id);
  }

  /**
   * Buys for a session, or for a new one where there is none.
   * @returns `session-over` for a form whose session is over: whether it has been submitted before, nobody knows any more
   */
  async add(
    sessionId: string | undefined,
    purchase: Purchase,
  ): Promise<{ readonly id: string; readonly decision: Decision } | 'session-over'> {
    const change = this.#deciding((situation) => addUnits(situation, purchase));
    const besides = [this.#stockKey];
    if (purchase.token === undefined) {
      const { id, result } = await this.#options.sessions.changeOrStart(sessionId, change, besides);
      return { id, decision: result };
    }
    const changed =
      sessionId === undefined ? undefined : await this.#options.sessions.change(sessionId, change, besides);
    return sessionId === undefined || changed === undefined
      ? 'session-over'
      : { id: sessionId, decision: changed.result };
  }

  /** Sets how many units the session’s cart holds; undefined where there is no session. */
  async set(sessionId: string | undefined, quantity: number): Promise<Decision | undefined> {
    if (sessionId === undefined) return undefined;
    const change = this.#deciding((situation) => setUnits(situation, quantity));
    return (await this.#options.sessions.change(sessionId, change, [this.#stockKey]))?.result;
  }

  #deciding(decide: (situation: Situation) => Decision) {
    return (
      session: SessionDocument,
      [document]: readonly (object | undefined)[],
    ): SessionChange<Decision> => {
      const before = this.#stockOf(document);
      const decision = decide({
        cart: this.cartOf(session),
        stock: before,
        maximumPerCart: this.config.maximumPerCart,
        now: this.#options.now(),
      });
      const { cart, stock } = decision;
      // A refusal leaves the stock alone: crowds come when it is gone, and would wait for each other’s writes.
      const writes = document !== undefined && stock === before ? {} : this.#write(stock);
      return { session: { ...session, cart }, writes, result: decision };
    };
  }

  #stockOf(document: object | undefined): Stock {
    return stockOf(document, this.config, this.#options.now());
  }

  #write(document: Stock): Readonly<Record<string, Write>> {
    return { [this.#stockKey]: { document, lifeMs: 'forever' } };
  }
}

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Cents of USD as a person writes them: `$39.00`. */
export const priceText = (cents: number): string => dollars.format(cents / 100);
