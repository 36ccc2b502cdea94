/** A figure for a sentence: at most five significant digits, without trailing zeros. */
export const formatNumber = (value: number): string =>
  Math.abs(value) >= 100_000 ? String(Math.round(value)) : String(Number(value.toPrecision(5)));
