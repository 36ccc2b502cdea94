/** USD with two decimals: `1,234.50`. */
export const usd = (amount: number): string =>
  amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A quantity with as many decimals as it needs to be told from 0. */
export const quantity = (amount: number): string =>
  amount.toLocaleString('en-US', { maximumSignificantDigits: amount < 100 ? 3 : 6 });

export const percent = (share: number): string => `${Math.round(share)} %`;
