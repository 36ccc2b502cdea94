import type { FileStoreConfig } from '../store-variables.ts';
import type { FileStore } from './file-store.ts';

/** Opens the store that the configuration names; its code and its client are loaded only now. */
export async function openFileStore(store: FileStoreConfig): Promise<FileStore> {
  if (store.kind === 's3') {
    const { openS3FileStore } = await import('./s3-file-store.ts');
    return openS3FileStore(store);
  }
  const { openDiskFileStore } = await import('./disk-file-store.ts');
  return openDiskFileStore(store);
}
