import { nearestName } from './nearest-name.mjs';

/** “did you mean "x"? Allowed: …”, for a name that is not known. */
export function suggestName(typed: string, known: readonly string[]): string {
  const nearest = nearestName(typed, known);
  const hint = nearest === undefined ? '' : `did you mean "${nearest}"? `;
  return `${hint}Allowed: ${known.length === 0 ? 'nothing' : known.join(', ')}`;
}
