import type { Config } from '../config.ts';
import type { DocumentStore } from './document-store.ts';

/** Opens the store that the configuration names; its code and its client are loaded only now. */
export async function openDocumentStore(sessions: NonNullable<Config['sessions']>): Promise<DocumentStore> {
  const { timeoutMs, store } = sessions;
  if (store.kind === 'redis') {
    const { openRedisStore } = await import('./redis-store.ts');
    return openRedisStore({ ...store, timeoutMs });
  }
  const { openEmbeddedStore } = await import('./embedded-store.ts');
  return openEmbeddedStore({ ...store, timeoutMs, now: Date.now });
}
