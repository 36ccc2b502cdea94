/** A value as a message shows it: JSON, cut short when it is long. */
export function showValue(value: unknown): string {
  // JSON.stringify gives undefined, which its type hides, for what JSON cannot hold.
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
