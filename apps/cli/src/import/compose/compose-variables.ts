import type { ImportDraft } from '../list/import-draft.ts';
import { putVariable } from '../shared/variables.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Converts `environment`: a map, or a list of NAME=value. A name alone takes its value from the machine. */
export function convertVariables(draft: ImportDraft, environment: SourceNode, port: number): void {
  const variables: readonly (readonly [string, unknown, SourceNode])[] = [
    ...environment.entries.map(([name, node]) => [name, node.value, node] as const),
    ...environment.items.map((node) => {
      const text = node.text ?? '';
      const at = text.indexOf('=');
      return at === -1
        ? ([text, null, node] as const)
        : ([text.slice(0, at), text.slice(at + 1), node] as const);
    }),
  ];
  for (const [name, value, node] of variables) {
    if (value === null)
      draft.leave(
        node,
        `its value is that of the machine that the file runs on; set container.environment.${name}`,
      );
    else putVariable(draft, { name, value, from: [node] }, port);
  }
}
