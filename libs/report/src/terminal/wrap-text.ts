/** Breaks text at spaces into lines of at most `width` characters; a longer word is cut. At least one line. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).flatMap((whole) => cut(whole, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** In code points: close enough to columns for the scripts that names and causes are written in. */
export const lengthOf = (text: string): number => Array.from(text).length;

function cut(word: string, width: number): readonly string[] {
  const characters = Array.from(word);
  if (characters.length <= width) return [word];
  return [characters.slice(0, width).join(''), ...cut(characters.slice(width).join(''), width)];
}
