/** Splits one row at its delimiter; a quoted field may hold delimiters, and two quotes for one. @returns undefined where a quote is not closed */
export function splitRow(line: string, delimiter: string): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const end = line.charCodeAt(at) === 34 ? closingQuote(line, at) + 1 : nextDelimiter(line, at, delimiter);
    if (end === 0) return undefined;
    const isQuoted = line.charCodeAt(at) === 34;
    fields.push(isQuoted ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end));
    if (end >= line.length) return fields;
    if (line[end] !== delimiter) return undefined;
    at = end + 1;
    if (at === line.length) return [...fields, ''];
  }
}

const nextDelimiter = (line: string, from: number, delimiter: string): number => {
  const found = line.indexOf(delimiter, from);
  return found < 0 ? line.length : found;
};

/** Index of the quote that closes the one at `from`; -1 where none does. */
function closingQuote(line: string, from: number): number {
  for (let at = from + 1; at < line.length; at++) {
    if (line.charCodeAt(at) !== 34) continue;
    if (line.charCodeAt(at + 1) !== 34) return at;
    at += 1;
  }
  return -1;
}
