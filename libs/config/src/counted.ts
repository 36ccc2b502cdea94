/** `1 task`, `2 tasks`: a count with its noun, whose plural ends in s. */
export const counted = (count: number, noun: string, format: (count: number) => string = String): string =>
  `${format(count)} ${noun}${count === 1 ? '' : 's'}`;
