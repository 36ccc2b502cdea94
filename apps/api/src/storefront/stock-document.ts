import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Document } from '../documents/document-store.ts';
import type { StorefrontConfig } from '../storefront-variables.ts';

/** What all tasks agree on about a sale, in one document. A unit counts as sold as soon as it is in a cart. */
const stockDocument = z.object({
  total: z.int().min(0),
  sold: z.int().min(0),
  /** Fixed when the first task starts, so that every page counts down to the same moment. */
  endsAt: z.iso.datetime(),
});

export type Stock = z.output<typeof stockDocument>;

/** The sale’s name: a deployment that sells something else, more of it or for longer begins another sale. */
export const saleId = ({ product, stock, saleSeconds }: StorefrontConfig): string =>
  createHash('sha256')
    .update(JSON.stringify([product, stock, saleSeconds]))
    .digest('base64url')
    .slice(0, 12);

export const stockKey = (sale: string): string => `stock:${sale}`;

/** The stock as it was kept, or of a sale that begins now. @throws ZodError for a document that no release wrote */
export function stockOf(
  document: Document | undefined,
  { stock, saleSeconds }: StorefrontConfig,
  now: Date,
): Stock {
  if (document !== undefined) return stockDocument.parse(document);
  return { total: stock, sold: 0, endsAt: new Date(now.getTime() + saleSeconds * 1000).toISOString() };
}

export type SaleState = 'open' | 'sold-out' | 'ended';

/** The end comes first: what is left then is not for sale either. */
export function saleState({ total, sold, endsAt }: Stock, now: Date): SaleState {
  if (now.getTime() >= Date.parse(endsAt)) return 'ended';
  return sold >= total ? 'sold-out' : 'open';
}

export const unitsLeft = ({ total, sold }: Stock): number => Math.max(0, total - sold);
