import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

const variable = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}]*))?\})/g;

/**
 * A service with the defaults of its variables filled in (Compose specification, Interpolation). The variables themselves
 * are not read: they belong to the machine that the file runs on. What has no default is left.
 */
export function interpolated(draft: ImportDraft, service: SourceNode): SourceNode {
  const filled = service.mapTexts((text, node) => {
    const open: string[] = [];
    const defaulted: string[] = [];
    const result = text.replace(variable, (...[whole, ...groups]: readonly string[]) => {
      const [bare, braced, mark, word]: readonly (string | undefined)[] = groups;
      if (whole === '$$') return '$';
      const name = bare ?? braced ?? '';
      const hasDefault = mark === '-' || mark === ':-';
      if (hasDefault || mark === '+' || mark === ':+') {
        defaulted.push(name);
        return hasDefault ? (word ?? '') : '';
      }
      open.push(name);
      return whole ?? '';
    });
    if (open.length > 0) {
      draft.leave(
        node,
        `it takes ${open.join(', ')} from the machine that the file runs on; write the value out by hand`,
      );
      return undefined;
    }
    if (defaulted.length > 0) draft.change(node, `it is what holds where ${defaulted.join(', ')} is not set`);
    return result;
  });
  return filled ?? service;
}
