/** What stands in the element of this name, markup and all; empty where there is none. */
export const contentOf = (xml: string, name: string): string =>
  new RegExp(`<${name}(?:\\s[^>]*)?>([^]*)</${name}>`).exec(xml)?.[1] ?? '';

/** Texts of the elements that stand in no other one, by name: what is nested has names of its own. */
export function ownTexts(content: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let depth = 0;
  for (const [, isEnd, name = '', isEmpty, text = ''] of content.matchAll(
    /<(\/?)([\w:]+)[^>]*?(\/?)>([^<]*)/g,
  )) {
    if (isEnd !== '') depth -= 1;
    else if (isEmpty === '') {
      if (depth === 0) texts.set(name, text);
      depth += 1;
    }
  }
  return texts;
}
