import type { OperationMetrics } from '../observability/operation-metrics.ts';
import { StoreUnavailable, type DocumentStore } from './document-store.ts';

/** The same store, each operation counted and timed. What a change throws is no failure of the store. */
export function measuredStore(store: DocumentStore, metrics: OperationMetrics): DocumentStore {
  const measure = <Result>(operation: string, run: () => Promise<Result>): Promise<Result> =>
    metrics.measure(operation, run, (error) => error instanceof StoreUnavailable);
  return {
    kind: store.kind,
    read: (key) => measure('read', () => store.read(key)),
    touch: (key, lifeMs) => measure('touch', () => store.touch(key, lifeMs)),
    transact: (keys, change) => measure('transact', () => store.transact(keys, change)),
    delete: (key) => measure('delete', () => store.delete(key)),
    status: () => store.status(),
    close: () => store.close(),
  };
}
