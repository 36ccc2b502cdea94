import type { OperationMetrics } from '../observability/operation-metrics.ts';
import { FileStoreUnavailable, type FileStore } from './file-store.ts';

/** The same store, each operation counted and timed. An upload takes as long as its sender, whose failures are its own. */
export function measuredFileStore(store: FileStore, metrics: OperationMetrics): FileStore {
  const measure = <Result>(operation: string, run: () => Promise<Result>): Promise<Result> =>
    metrics.measure(operation, run, (error) => error instanceof FileStoreUnavailable);
  return {
    kind: store.kind,
    put: (id, source, mediaType) => measure('put', () => store.put(id, source, mediaType)),
    download: (id, label) => measure('download', () => store.download(id, label)),
    delete: (ids) => measure('delete', () => store.delete(ids)),
    close: () => store.close(),
  };
}
