/**
 * Text from outside, safe to lay out: control characters (a terminal would obey them), line breaks,
 * and what XML forbids become spaces.
 */
export const plainText = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}\u2028\u2029]/gu, ' ');

/** `after-scale-out` reads `after scale-out`. */
export const spokenName = (name: string): string => name.replace('-', ' ');
