/** `67,503`: whole numbers grouped in threes, the same on every machine. */
export const formatCount = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** `0.42 ms`, `9.8 ms`, `276 ms`, `1,250 ms`: about three significant digits, always in milliseconds. */
export function formatMilliseconds(milliseconds: number): string {
  const maximumFractionDigits = milliseconds < 1 ? 2 : milliseconds < 100 ? 1 : 0;
  return `${milliseconds.toLocaleString('en-US', { maximumFractionDigits })} ms`;
}

/** `375 requests/s`, `24.8 requests/s`. */
export function formatRate(perSecond: number): string {
  const maximumFractionDigits = perSecond < 100 ? 1 : 0;
  return `${perSecond.toLocaleString('en-US', { maximumFractionDigits })} requests/s`;
}
