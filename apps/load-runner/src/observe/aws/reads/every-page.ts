/** Reads pages until the last, or until `enough` holds for the items of one. @returns the items of all of them */
export async function everyPage<Item>(
  read: (
    token: string | undefined,
  ) => Promise<readonly [items: readonly Item[] | undefined, next: string | undefined]>,
  enough: (items: readonly Item[]) => boolean = () => false,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const [items = [], next] = await read(token);
    found.push(...items);
    // AWS has answered a last page with an empty token.
    token = next === '' || enough(items) ? undefined : next;
  } while (token !== undefined);
  return found;
}

/** The token of the page to ask for; nothing for the first. */
export const nextToken = (token: string | undefined) => (token === undefined ? {} : { NextToken: token });
