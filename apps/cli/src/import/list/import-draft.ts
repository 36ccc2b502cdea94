import { SourceNode } from '../source/source-node.ts';
import type { Reader } from '../source/readers.ts';

/** A field of the source, and where it went. */
interface Carried {
  readonly from: string;
  readonly to: string;
}

/** A field, of the source or of the description, with a reason. */
export interface Remark {
  readonly path: string;
  readonly reason: string;
}

/** What an import comes to. */
export interface Imported {
  /** The fields of the description, in the order in which people read them. */
  readonly description: Readonly<Record<string, unknown>>;
  /** Fields of the source that the description holds, or that are so in any case. */
  readonly carried: readonly Carried[];
  /** Fields of the source that the description does not hold. */
  readonly left: readonly Remark[];
  /** Fields of the source that mean something else in the description. */
  readonly changed: readonly Remark[];
  /** Fields of the description that the source does not decide. */
  readonly chosen: readonly Remark[];
}

type Tree = Map<string, unknown>;

/** A description in the making, with an account of every field of its source. */
export class ImportDraft {
  readonly #fields: Tree = new Map();
  readonly #policies: (Readonly<Record<string, unknown>> & { readonly name: string })[] = [];
  readonly #covered = new Set<string>();
  readonly #sources = new Map<string, SourceNode>();
  readonly #carried = new Map<string, Set<string>>();
  readonly #left: Remark[] = [];
  readonly #changed: Remark[] = [];
  readonly #chosen: Remark[] = [];

  /** Sets a field of the description from fields of the source. */
  put(to: string, value: unknown, ...from: readonly SourceNode[]): void {
    set(this.#fields, to.split('.'), value);
    for (const node of from) {
      this.#sources.set(to, node);
      this.hold(node, to);
    }
  }

  /** Where the value of a field came from; a missing node where no source said it. */
  sourceOf(to: string): SourceNode {
    return this.#sources.get(to) ?? SourceNode.of(undefined);
  }

  /** Sets a field as a reader takes it from the source; what it refuses is left. @returns the value */
  take<Value>(node: SourceNode, to: string, read: Reader<Value>): Value | undefined {
    if (!node.isPresent) return undefined;
    const result = read(node.value);
    if ('allowed' in result) {
      this.leave(node, `${to} takes ${result.allowed}`);
      return undefined;
    }
    this.put(to, result.value, node);
    return result.value;
  }

  /** Appends a scaling policy, under a name of its own. */
  putPolicy(
    policy: Readonly<Record<string, unknown>> & { readonly name: string },
    ...from: readonly SourceNode[]
  ): void {
    const base =
      policy.name
        .replace(/[^A-Za-z0-9_-]+/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '')
        .slice(0, 60) || 'policy';
    const taken = this.#policies.map(({ name }) => name);
    const name = [base, ...Array.from({ length: 50 }, (_, index) => `${base}-${index + 2}`)].find(
      (one) => !taken.includes(one),
    );
    this.#policies.push({ ...policy, name: name ?? base });
    for (const node of from) this.hold(node, `scaling.policies.${name ?? base}`);
  }

  get policies(): readonly Readonly<Record<string, unknown>>[] {
    return this.#policies;
  }

  /** What the source asks for is so without a field of its own. @param as where, or by what */
  hold(node: SourceNode, as: string): void {
    for (const leaf of node.leaves) {
      this.#covered.add(leaf);
      this.#carried.set(leaf, (this.#carried.get(leaf) ?? new Set()).add(as));
    }
  }

  /** The description does not hold what the source says. Nothing happens where the source says nothing. */
  leave(node: SourceNode, reason: string): void {
    const { leaves } = node;
    if (leaves.length === 0) return;
    for (const leaf of leaves) {
      this.#covered.add(leaf);
      this.#carried.delete(leaf);
    }
    this.#left.push({ path: node.path, reason });
  }

  /** What the source says is carried over by another call, and comes to something else. */
  change(node: SourceNode, reason: string): void {
    if (node.isPresent) this.#changed.push({ path: node.path, reason });
  }

  /** Sets a field that the source does not decide. */
  choose(to: string, value: unknown, reason: string): void {
    set(this.#fields, to.split('.'), value);
    this.#chosen.push({ path: to, reason });
  }

  /** Remarks on a field that the source does not decide, and that another call sets. */
  note(to: string, reason: string): void {
    this.#chosen.push({ path: to, reason });
  }

  /** Whether a field of the description is set. */
  has(to: string): boolean {
    return (
      to
        .split('.')
        .reduce<unknown>((at, key) => (at instanceof Map ? at.get(key) : undefined), this.#fields) !==
      undefined
    );
  }

  /** Whether something has been said of every field at and below a node. */
  covers(node: SourceNode): boolean {
    return node.leaves.every((leaf) => this.#covered.has(leaf));
  }

  /** Whether something has been said of some field at and below a node. */
  touches(node: SourceNode): boolean {
    return node.leaves.some((leaf) => this.#covered.has(leaf));
  }

  /** @param sources everything that was read: what nothing was said of is left, so that nothing gets lost */
  finish(sources: readonly SourceNode[], reason: string): Imported {
    for (const source of sources)
      for (const leaf of source.leaves) if (!this.#covered.has(leaf)) this.#left.push({ path: leaf, reason });
    set(this.#fields, ['scaling', 'policies'], this.#policies);
    return {
      description: inOrder(plain(this.#fields) as Record<string, unknown>),
      carried: [...this.#carried].flatMap(([from, targets]) => [...targets].map((to) => ({ from, to }))),
      left: this.#left,
      changed: this.#changed,
      chosen: this.#chosen,
    };
  }
}

function set(tree: Tree, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree.set(key, value);
    return;
  }
  const below = tree.get(key);
  const child: Tree = below instanceof Map ? (below as Tree) : new Map<string, unknown>();
  tree.set(key, child);
  set(child, rest, value);
}

const plain = (value: unknown): unknown =>
  value instanceof Map
    ? Object.fromEntries([...(value as Tree)].map(([key, child]) => [key, plain(child)] as const))
    : value;

const order = [
  'preset',
  'project',
  'stage',
  'region',
  'network',
  'compute',
  'container',
  'local',
  'loadBalancer',
  'healthCheck',
  'deployment',
  'capacity',
  'scaling',
  'observability',
];

const inOrder = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...order, ...Object.keys(fields).filter((key) => !order.includes(key))]
      .filter((key) => key in fields)
      .map((key) => [key, fields[key]] as const),
  );
