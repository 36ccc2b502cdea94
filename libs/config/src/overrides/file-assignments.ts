import { fieldOf } from '../schema/schema-node.ts';
import type { Assignment, PathKey } from './draft.ts';

/**
 * What a file changes in a document: objects are laid over field by field, lists replace the list below.
 * An object of another kind (`kind`, `type`) replaces the object below, since their fields differ.
 */
export function fileAssignments(
  layer: Readonly<Record<string, unknown>>,
  document: unknown,
  origin: string,
): readonly Assignment[] {
  return descend(layer, { below: document, path: [], origin });
}

function descend(
  layer: Readonly<Record<string, unknown>>,
  at: { readonly below: unknown; readonly path: readonly PathKey[]; readonly origin: string },
): Assignment[] {
  return Object.entries(layer)
    .filter(([, value]) => value !== undefined)
    .flatMap(([key, value]) => {
      const path = [...at.path, key];
      const below = fieldOf(at.below, key);
      return isObject(value) && isObject(below) && sameKind(value, below)
        ? descend(value, { below, path, origin: at.origin })
        : [{ path, value, origin: at.origin }];
    });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sameKind = (left: unknown, right: unknown): boolean =>
  ['kind', 'type'].every(
    (key) => fieldOf(left, key) === undefined || fieldOf(left, key) === fieldOf(right, key),
  );
