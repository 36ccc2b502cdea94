import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Carries the arguments of a build over: a map, or a list of NAME=value. */
export function putArgs(draft: ImportDraft, args: SourceNode): void {
  const pairs: readonly (readonly [string, unknown, SourceNode])[] = [
    ...args.entries.map(([name, node]) => [name, node.value, node] as const),
    ...args.items.map((node) => {
      const [name = '', ...rest] = (node.text ?? '').split('=');
      return [name, rest.length === 0 ? null : rest.join('='), node] as const;
    }),
  ];
  for (const [name, value, node] of pairs) {
    const isText = ['string', 'number', 'boolean'].includes(typeof value);
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name) || !isText)
      draft.leave(node, 'a build argument has a name of letters, digits and underscores, and a value');
    else draft.put(`container.build.args.${name}`, String(value), node);
  }
}
