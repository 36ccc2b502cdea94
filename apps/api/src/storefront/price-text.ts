const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Cents of USD as a person writes them: `$39.00`. */
export const priceText = (cents: number): string => dollars.format(cents / 100);
