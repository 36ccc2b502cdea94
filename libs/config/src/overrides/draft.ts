export type PathKey = string | number;

/** A description under construction, and who set what in it. */
export interface Draft {
  readonly document: Record<string, unknown>;
  /** Dotted path (list items by index) to the setting that wrote it, as the user wrote it. */
  readonly origins: Map<string, string>;
}

/** One value that a file, variable or setting puts somewhere. */
export interface Assignment {
  readonly path: readonly PathKey[];
  readonly value: unknown;
  /** As the user wrote it: `--set capacity.min=5`. */
  readonly origin: string;
}

/** Two spellings of one value: setting either takes back the other one that a lower layer has set. */
const alternatives: Readonly<Record<string, string>> = {
  requestsPerTargetPerMinute: 'requestsPerTargetPerSecond',
  requestsPerTargetPerSecond: 'requestsPerTargetPerMinute',
};

/** Lays one layer over the draft. Within a layer nothing is taken back, so a contradiction there is still refused. */
export function applyLayer(draft: Draft, assignments: readonly Assignment[]): void {
  for (const { path } of assignments) {
    const other = alternatives[String(path.at(-1))];
    if (other !== undefined) remove(draft.document, [...path.slice(0, -1), other]);
  }
  for (const assignment of assignments) assign(draft, assignment);
}

/** Writes one value, with the objects on the way to it. */
function assign(draft: Draft, { path, value, origin }: Assignment): void {
  const key = path.at(-1);
  if (key === undefined) return;
  let parent = draft.document as Record<PathKey, unknown>;
  for (const step of path.slice(0, -1)) {
    const next = parent[step];
    if (typeof next === 'object' && next !== null) {
      parent = next as Record<PathKey, unknown>;
    } else {
      const created: Record<PathKey, unknown> = {};
      parent[step] = created;
      parent = created;
    }
  }
  parent[key] = value;
  const dotted = path.join('.');
  for (const known of draft.origins.keys()) if (isWithin(known, dotted)) draft.origins.delete(known);
  draft.origins.set(dotted, origin);
}

function remove(document: unknown, path: readonly PathKey[]): void {
  const [key, ...rest] = path;
  if (key === undefined || typeof document !== 'object' || document === null) return;
  if (rest.length === 0) Reflect.deleteProperty(document, key);
  else remove((document as Record<PathKey, unknown>)[key], rest);
}

/** True when a dotted path is `group`, or lies below it. */
export const isWithin = (path: string, group: string): boolean =>
  path === group || path.startsWith(`${group}.`);
