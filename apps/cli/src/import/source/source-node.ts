/** Where a value is in its source, as a person would write it: `count.range.min`, `ports[0]`. */
const join = (path: string, key: string | number): string => {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
};

type Children = ReadonlyMap<string | number, SourceNode>;

/** A value of a source that knows its path. A value that is not there is a node as well, so that a converter may ask for any. */
export class SourceNode {
  readonly path: string;
  readonly kind: 'missing' | 'scalar' | 'list' | 'map';
  readonly #scalar: unknown;
  readonly #children: Children;

  private constructor(
    path: string,
    kind: SourceNode['kind'],
    content: { readonly scalar?: unknown; readonly children?: Children },
  ) {
    this.path = path;
    this.kind = kind;
    this.#scalar = content.scalar;
    this.#children = content.children ?? new Map();
  }

  /** The tree of a parsed document. */
  static of(value: unknown, path = ''): SourceNode {
    if (value === undefined) return new SourceNode(path, 'missing', {});
    if (typeof value !== 'object' || value === null) return new SourceNode(path, 'scalar', { scalar: value });
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
      ? value.map((item: unknown, index) => [index, item] as const)
      : Object.entries(value);
    const children = new Map(entries.map(([key, item]) => [key, SourceNode.of(item, join(path, key))]));
    return new SourceNode(path, Array.isArray(value) ? 'list' : 'map', { children });
  }

  get isPresent(): boolean {
    return this.kind !== 'missing';
  }

  /** The node at some keys below; a missing one where there is none. */
  at(...keys: readonly (string | number)[]): SourceNode {
    const [key, ...rest] = keys;
    if (key === undefined) return this;
    const child = this.#children.get(key) ?? SourceNode.of(undefined, join(this.path, key));
    return child.at(...rest);
  }

  get items(): readonly SourceNode[] {
    return this.kind === 'list' ? [...this.#children.values()] : [];
  }

  get entries(): readonly (readonly [string, SourceNode])[] {
    return this.kind === 'map'
      ? [...this.#children].map(([key, child]) => [String(key), child] as const)
      : [];
  }

  /** The plain value. */
  get value(): unknown {
    if (this.kind === 'list') return this.items.map(({ value }) => value);
    if (this.kind === 'map')
      return Object.fromEntries(this.entries.map(([key, { value }]) => [key, value] as const));
    return this.#scalar;
  }

  /** The text, or undefined where it is none. */
  get text(): string | undefined {
    return typeof this.#scalar === 'string' ? this.#scalar : undefined;
  }

  /** Paths of every scalar at and below this node. An empty list or map says nothing, and has none. */
  get leaves(): readonly string[] {
    if (this.kind === 'scalar') return [this.path];
    return [...this.#children.values()].flatMap(({ leaves }) => leaves);
  }

  /** This map with another one laid over it: maps field by field, anything else replaces. @param onReplaced gets what is replaced */
  under(over: SourceNode, onReplaced: (below: SourceNode, above: SourceNode) => void): SourceNode {
    if (!over.isPresent) return this;
    if (this.kind !== 'map' || over.kind !== 'map') {
      if (this.isPresent) onReplaced(this, over);
      return over;
    }
    const keys = new Set([...this.#children.keys(), ...over.#children.keys()]);
    const children = new Map(
      [...keys].map((key) => [key, this.at(key).under(over.at(key), onReplaced)] as const),
    );
    return new SourceNode(this.path, 'map', { children });
  }

  /** The same tree with other texts. @param change gives the text, or undefined for a node that is not to be there */
  mapTexts(change: (text: string, node: SourceNode) => string | undefined): SourceNode | undefined {
    if (this.text !== undefined) {
      const text = change(this.text, this);
      return text === undefined ? undefined : new SourceNode(this.path, 'scalar', { scalar: text });
    }
    if (this.kind === 'scalar' || this.kind === 'missing') return this;
    const children = new Map<string | number, SourceNode>();
    for (const [key, child] of this.#children) {
      const changed = child.mapTexts(change);
      if (changed !== undefined) children.set(key, changed);
    }
    return new SourceNode(this.path, this.kind, { children });
  }

  /** This map with another node as one of its fields. */
  with(name: string, child: SourceNode): SourceNode {
    return new SourceNode(this.path, this.kind, { children: new Map([...this.#children, [name, child]]) });
  }

  /** This map without some of its fields. */
  without(...names: readonly string[]): SourceNode {
    const children = new Map([...this.#children].filter(([key]) => !names.includes(String(key))));
    return new SourceNode(this.path, this.kind, { scalar: this.#scalar, children });
  }
}
