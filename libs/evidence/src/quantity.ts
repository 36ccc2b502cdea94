/** `67,503`: whole numbers grouped in threes, the same on every machine. */
export const formatCount = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** `0.42`, `9.8`, `276`, `1,250`: no more digits than a reader needs to compare. */
export function formatMeasure(value: number): string {
  const size = Math.abs(value);
  const maximumFractionDigits = size < 1 ? 2 : size < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits });
}

/** `0.42 ms`, `1,250 ms`: always in milliseconds. */
export const formatMilliseconds = (milliseconds: number): string => `${formatMeasure(milliseconds)} ms`;

/** `375 requests/s`, `24.8 requests/s`. */
export function formatRate(perSecond: number): string {
  const maximumFractionDigits = perSecond < 100 ? 1 : 0;
  return `${perSecond.toLocaleString('en-US', { maximumFractionDigits })} requests/s`;
}
