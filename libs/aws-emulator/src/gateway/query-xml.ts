/** An element’s content: text, further elements, or several elements of one name. */
export type XmlContent =
  string | number | boolean | readonly XmlContent[] | { readonly [name: string]: XmlContent | undefined };

/** An answer of AWS’s query protocol, as its SDKs read it. */
export const queryAnswer = (operation: string, result: XmlContent) => ({
  status: 200,
  body: element(`${operation}Response`, {
    [`${operation}Result`]: result,
    ResponseMetadata: { RequestId: 'gateway' },
  }),
});

/** A refusal of the query protocol. */
export const queryError = (status: number, code: string, message: string) => ({
  status,
  body: element('ErrorResponse', {
    Error: { Type: 'Sender', Code: code, Message: message },
    RequestId: 'gateway',
  }),
});

function element(name: string, content: XmlContent): string {
  if (Array.isArray(content)) return content.map((item: XmlContent) => element(name, item)).join('');
  return `<${name}>${inner(content)}</${name}>`;
}

function inner(content: XmlContent): string {
  if (typeof content !== 'object') return escaped(String(content));
  return Object.entries(content)
    .map(([name, value]) => (value === undefined ? '' : element(name, value)))
    .join('');
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The values of `Prefix.1`, `Prefix.2` and so on, as a form carries a list. */
export function formList(parameters: Readonly<Record<string, unknown>>, prefix: string): readonly string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = parameters[`${prefix}.${index}`];
    if (typeof value !== 'string') return values;
    values.push(value);
  }
}
