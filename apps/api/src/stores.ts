import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { DocumentStore } from './documents/document-store.ts';
import { measuredStore } from './documents/measured-store.ts';
import { openDocumentStore } from './documents/open-document-store.ts';
import type { RenderedMetrics } from './observability/metrics-server.ts';
import { OperationMetrics } from './observability/operation-metrics.ts';

export interface Stores {
  readonly documents: DocumentStore | undefined;
  readonly metrics: readonly RenderedMetrics[];
  readonly close: () => Promise<void>;
}

/**
 * Opens the stores that the configuration names. A server that is down does not keep the task from starting; a folder
 * that cannot be used does: exit code 2.
 */
export async function openStores(config: Config, logger: Logger): Promise<Stores> {
  if (config.sessions === undefined) {
    return { documents: undefined, metrics: [], close: () => Promise.resolve() };
  }
  const store = await openDocumentStore(config.sessions).catch((error: unknown) => {
    process.stderr.write(`cannot open the session store: ${String(error)}\n`);
    process.exit(2);
  });
  const metrics = new OperationMetrics({
    name: 'session_store',
    kind: store.kind,
    status: () => store.status(),
    now: () => performance.now(),
    onChange: (change, reason) => {
      if (change === 'down') logger.warn({ err: reason, store: store.kind }, 'session store failed');
      else logger.info({ store: store.kind }, 'session store answers again');
    },
  });
  return {
    documents: measuredStore(store, metrics),
    metrics: [metrics],
    close: () =>
      store.close().catch((error: unknown) => {
        logger.warn({ err: error }, 'session store did not close in time');
      }),
  };
}
