import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { DocumentStore } from './documents/document-store.ts';
import { measuredStore } from './documents/measured-store.ts';
import { openDocumentStore } from './documents/open-document-store.ts';
import type { FileStore } from './files/file-store.ts';
import { measuredFileStore } from './files/measured-file-store.ts';
import { openFileStore } from './files/open-file-store.ts';
import type { RenderedMetrics } from './observability/metrics-server.ts';
import { OperationMetrics, type OperationMetricsOptions } from './observability/operation-metrics.ts';

/** The stores that the configuration names, each with its metrics. */
export interface Stores {
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
export async function openStores({ sessions, files }: Config, logger: Logger): Promise<Stores> {
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
    documents: documentStore && documentMetrics && measuredStore(documentStore, documentMetrics),
    files: fileStore && fileMetrics && measuredFileStore(fileStore, fileMetrics),
    metrics: [documentMetrics, fileMetrics].filter((metrics) => metrics !== undefined),
    close: async () => {
      fileStore?.close();
      await documentStore?.close().catch((error: unknown) => {
        logger.warn({ err: error }, 'session store did not close in time');
      });
    },
  };
}
