/** A request that a session has to remember something of. */
export type KeptAct = 'view' | 'add-task' | 'list-tasks' | 'upload' | 'download';

export interface KeptRequest {
  readonly act: KeptAct;
  /** Path with its query, below the base path. */
  readonly path: string;
  readonly body: string;
}

/** How much of what a session holds was compared with what had been put there. */
export type KeptCounts = Readonly<Record<'views' | 'lists' | 'files', number>>;

/**
 * What one client put into its session, and what it may therefore get out. Requests come one after the other. One that had no
 * answer, or a failure’s, may have been carried out or not: from then on either is right, as it is for the client.
 */
export class KeptSession {
  readonly #compared = { views: 0, lists: 0, files: 0 };
  readonly #problems: string[] = [];
  #views = 0;
  /** Views without an answer, of which each may have been counted. */
  #unknownViews = 0;
  readonly #tasks: string[] = [];
  readonly #unknownTasks: string[] = [];
  /** Content of each file by its path. */
  readonly #files = new Map<string, string>();

  get counts(): KeptCounts {
    return this.#compared;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Paths of the files that were put. */
  get files(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** Something was put or counted. */
  get isUsed(): boolean {
    return this.#views + this.#unknownViews + this.#tasks.length + this.#files.size > 0;
  }

  /** An answer of 2xx to a request. */
  answered({ act, path, body }: KeptRequest, text: string): void {
    switch (act) {
      case 'view':
        this.#viewed(text);
        return;
      case 'add-task':
        this.#tasks.push(titleOf(body));
        return;
      case 'list-tasks':
        this.#listed(text);
        return;
      case 'upload':
        this.#uploaded(body, text);
        return;
      case 'download':
        this.#downloaded(path, text);
        return;
    }
  }

  /** No answer, or one that does not say what became of the request. */
  unanswered({ act, body }: KeptRequest): void {
    if (act === 'view') this.#unknownViews += 1;
    if (act === 'add-task') this.#unknownTasks.push(titleOf(body));
  }

  /** What was put cannot be got. @param status what a request for it was answered */
  refused({ act, path }: KeptRequest, status: number): void {
    if (act === 'download' && this.#files.has(path)) {
      this.#compared.files += 1;
      this.#problems.push(`file ${path} answered ${status}`);
    }
  }

  #viewed(text: string): void {
    const views = numberIn(text, 'views');
    this.#compared.views += 1;
    const [least, most] = [this.#views + 1, this.#views + 1 + this.#unknownViews];
    if (views === undefined || views < least || views > most)
      this.#problems.push(
        `view ${views ?? 'without a number'} where ${least === most ? least : `${least} to ${most}`} comes next`,
      );
    this.#unknownViews = 0;
    this.#views = views ?? least;
  }

  #listed(text: string): void {
    this.#compared.lists += 1;
    const titles = titlesIn(text);
    const known = titles?.filter((title) => !this.#unknownTasks.includes(title));
    if (known?.join('\n') === this.#tasks.join('\n')) return;
    const held = titles === undefined ? 'no list' : `${titles.length} tasks (${titles.join(', ')})`;
    this.#problems.push(`${held} where ${this.#tasks.length} were put (${this.#tasks.join(', ')})`);
  }

  #uploaded(body: string, text: string): void {
    const id = textIn(text, 'id');
    if (id === undefined) this.#problems.push('an uploaded file got no id');
    else this.#files.set(`/files/${id}`, body);
  }

  #downloaded(path: string, text: string): void {
    const content = this.#files.get(path);
    if (content === undefined) return;
    this.#compared.files += 1;
    if (text !== content)
      this.#problems.push(
        `file ${path} has ${Buffer.byteLength(text)} bytes that are not the ${Buffer.byteLength(content)} that were put`,
      );
  }
}

const fieldIn = (text: string, name: string): unknown => {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
};

const textIn = (text: string, name: string): string | undefined => {
  const value = fieldIn(text, name);
  return typeof value === 'string' ? value : undefined;
};

const numberIn = (text: string, name: string): number | undefined => {
  const value = fieldIn(text, name);
  return typeof value === 'number' ? value : undefined;
};

const titleOf = (body: string): string => textIn(body, 'title') ?? '';

function titlesIn(text: string): readonly string[] | undefined {
  const tasks = fieldIn(text, 'tasks');
  if (!Array.isArray(tasks)) return undefined;
  return tasks.map((task) => textIn(JSON.stringify(task), 'title') ?? '');
}
