import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type DocumentStore, StoreUnavailable } from './documents/document-store.ts';
import { type FileStore, FileStoreUnavailable } from './files/file-store.ts';
import type { RenderedMetrics } from './observability/metrics-server.ts';
import { OperationMetrics, type OperationMetricsOptions } from './observability/operation-metrics.ts';
import type { TraceOperation, TracedStore, Tracing } from './tracing/tracing.ts';
import type { DocumentStoreConfig, FileStoreConfig } from './store-variables.ts';

/** The stores that the configuration names, each with its metrics. */
export interface BackendStores {
  readonly documents: DocumentStore | undefined;
  readonly files: FileStore | undefined;
  readonly metrics: readonly RenderedMetrics[];
  readonly close: () => Promise<void>;
}

/**
 * Opens the stores. A server that is down does not keep the task from starting, since it may come up later.
 *
 * @throws Error when a folder cannot be used
 */
export async function openStores(
  { sessions, files }: Config,
  { logger, tracing }: { readonly logger: Logger; readonly tracing: Tracing | undefined },
): Promise<BackendStores> {
  const documentStore = sessions && (await openDocumentStore(sessions));
  const fileStore = files && (await openFileStore(files.store));
  const measured = (options: Pick<OperationMetricsOptions, 'name' | 'kind' | 'status'>): OperationMetrics => {
    const store = { store: options.name, kind: options.kind };
    return new OperationMetrics({
      ...options,
      now: () => performance.now(),
      onChange: (change, reason) => {
        if (change === 'down') logger.warn({ ...store, err: reason }, 'store failed');
        else logger.info(store, 'store answers again');
      },
    });
  };
  const documentMetrics =
    documentStore &&
    measured({ name: 'session_store', kind: documentStore.kind, status: () => documentStore.status() });
  const fileMetrics =
    fileStore && measured({ name: 'file_store', kind: fileStore.kind, status: () => ({ up: true }) });

  return {
    documents:
      documentStore &&
      documentMetrics &&
      measuredStore(
        documentStore,
        measuring(documentMetrics, tracing, tracedDocuments(documentStore.kind, sessions.store)),
      ),
    files:
      fileStore &&
      fileMetrics &&
      measuredFileStore(fileStore, measuring(fileMetrics, tracing, tracedFiles(fileStore.kind, files.store))),
    metrics: [documentMetrics, fileMetrics].filter((metrics) => metrics !== undefined),
    close: async () => {
      fileStore?.close();
      await documentStore?.close().catch((error: unknown) => {
        logger.warn({ err: error }, 'session store did not close in time');
      });
    },
  };
}

/** Counts and times each operation, and makes a span of it where the request is traced. */
function measuring(
  metrics: OperationMetrics,
  tracing: Tracing | undefined,
  store: TracedStore,
): TraceOperation {
  const { isFailure } = store;
  const trace = tracing?.forStore(store);
  if (trace === undefined) return (operation, run) => metrics.measure(operation, run, isFailure);
  return (operation, run) => metrics.measure(operation, () => trace(operation, run), isFailure);
}

/** What a change throws is no failure of the store. */
const tracedDocuments = (kind: DocumentStore['kind'], store: DocumentStoreConfig): TracedStore => ({
  kind,
  isFailure: (error) => error instanceof StoreUnavailable,
  ...('url' in store ? { server: serverOf(store.url) } : {}),
});

/** An upload takes as long as its sender, whose failures are its own. */
const tracedFiles = (kind: FileStore['kind'], store: FileStoreConfig): TracedStore => ({
  kind,
  isFailure: (error) => error instanceof FileStoreUnavailable,
  ...('bucket' in store ? { bucket: store.bucket } : {}),
});

function serverOf(url: string): { readonly address: string; readonly port: number } {
  const { hostname: address, port } = new URL(url);
  return { address, port: Number(port) };
}

/** Opens the store that the configuration names; its code and its client are loaded only now. */
export async function openDocumentStore(sessions: NonNullable<Config['sessions']>): Promise<DocumentStore> {
  const { timeoutMs, store } = sessions;
  if (store.kind === 'redis') {
    const { openRedisStore } = await import('./documents/redis-store.ts');
    return openRedisStore({ ...store, timeoutMs });
  }
  const { openEmbeddedStore } = await import('./documents/embedded-store.ts');
  return openEmbeddedStore({ ...store, timeoutMs, now: Date.now });
}

/** The same store, each operation measured. */
function measuredStore(store: DocumentStore, measure: TraceOperation): DocumentStore {
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

/** Opens the store that the configuration names; its code and its client are loaded only now. */
export async function openFileStore(store: FileStoreConfig): Promise<FileStore> {
  if (store.kind === 's3') {
    const { openS3FileStore } = await import('./files/s3-file-store.ts');
    return openS3FileStore(store);
  }
  const { openDiskFileStore } = await import('./files/disk-file-store.ts');
  return openDiskFileStore(store);
}

/** The same store, each operation measured. */
function measuredFileStore(store: FileStore, measure: TraceOperation): FileStore {
  return {
    kind: store.kind,
    put: (id, source, mediaType) => measure('put', () => store.put(id, source, mediaType)),
    download: (id, label) => measure('download', () => store.download(id, label)),
    delete: (ids) => measure('delete', () => store.delete(ids)),
    close: () => store.close(),
  };
}
