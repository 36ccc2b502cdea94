/** Upper bounds in seconds: a local store answers within a millisecond, a timeout takes seconds. */
const bucketBoundsSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

interface Operation {
  readonly bucketCounts: number[];
  sumMs: number;
  errorCount: number;
}

export interface OperationMetricsOptions {
  /** First part of each metric’s name, such as `session_store`. */
  readonly name: string;
  /** Which kind of store it is: the label of its state. */
  readonly kind: string;
  /** What the store itself knows. */
  readonly status: () => { readonly up: boolean; readonly conflictCount?: number };
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Told when an operation fails after one that did not, and the other way round. */
  readonly onChange: (change: 'down' | 'up', reason: unknown) => void;
}

/** How long the operations of a store take and how many fail, in the Prometheus text format 0.0.4. */
export class OperationMetrics {
  readonly #options: OperationMetricsOptions;
  readonly #operations = new Map<string, Operation>();
  #failing = false;

  constructor(options: OperationMetricsOptions) {
    this.#options = options;
  }

  /** Runs and counts an operation. @param isFailure whether what it threw is the store’s fault */
  async measure<Result>(
    name: string,
    run: () => Promise<Result>,
    isFailure: (error: unknown) => boolean,
  ): Promise<Result> {
    const operation = this.#operation(name);
    const startedMs = this.#options.now();
    try {
      const result = await run();
      this.#change(false, undefined);
      return result;
    } catch (error) {
      if (isFailure(error)) {
        operation.errorCount += 1;
        this.#change(true, error);
      }
      throw error;
    } finally {
      const durationMs = this.#options.now() - startedMs;
      operation.sumMs += durationMs;
      const bucket = bucketBoundsSeconds.findIndex((bound) => durationMs <= bound * 1000);
      const index = bucket === -1 ? bucketBoundsSeconds.length : bucket;
      operation.bucketCounts[index] = (operation.bucketCounts[index] ?? 0) + 1;
    }
  }

  render(): string {
    const { name, kind, status } = this.#options;
    const { up, conflictCount } = status();
    const operations = [...this.#operations];
    const lines = [
      `# HELP ${name}_up Whether the store can be expected to answer.`,
      `# TYPE ${name}_up gauge`,
      `${name}_up{kind="${kind}"} ${up && !this.#failing ? 1 : 0}`,
      ...(conflictCount === undefined ? [] : conflictLines(name, conflictCount)),
      `# HELP ${name}_operation_errors_total Operations that the store did not carry out.`,
      `# TYPE ${name}_operation_errors_total counter`,
      ...operations.map(
        ([operation, { errorCount }]) =>
          `${name}_operation_errors_total{operation="${operation}"} ${errorCount}`,
      ),
      `# HELP ${name}_operation_duration_seconds Time that operations took, with waiting for their turn.`,
      `# TYPE ${name}_operation_duration_seconds histogram`,
      ...operations.flatMap(([operation, counts]) => histogramLines(name, operation, counts)),
    ];
    return `${lines.join('\n')}\n`;
  }

  #operation(name: string): Operation {
    const existing = this.#operations.get(name);
    if (existing !== undefined) return existing;
    const bucketCounts = new Array<number>(bucketBoundsSeconds.length + 1).fill(0);
    const operation = { bucketCounts, sumMs: 0, errorCount: 0 };
    this.#operations.set(name, operation);
    return operation;
  }

  #change(failing: boolean, reason: unknown): void {
    if (failing === this.#failing) return;
    this.#failing = failing;
    this.#options.onChange(failing ? 'down' : 'up', reason);
  }
}

const conflictLines = (name: string, conflictCount: number): string[] => [
  `# HELP ${name}_conflicts_total Transactions that ran again because another process was faster.`,
  `# TYPE ${name}_conflicts_total counter`,
  `${name}_conflicts_total ${conflictCount}`,
];

function histogramLines(name: string, operation: string, { bucketCounts, sumMs }: Operation): string[] {
  let cumulative = 0;
  const buckets = bucketCounts.map((count, index) => {
    cumulative += count;
    const bound = bucketBoundsSeconds[index] ?? '+Inf';
    return `${name}_operation_duration_seconds_bucket{operation="${operation}",le="${bound}"} ${cumulative}`;
  });
  return [
    ...buckets,
    `${name}_operation_duration_seconds_sum{operation="${operation}"} ${sumMs / 1000}`,
    `${name}_operation_duration_seconds_count{operation="${operation}"} ${cumulative}`,
  ];
}
