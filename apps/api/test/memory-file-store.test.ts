import { describe } from '@jest/globals';
import { fileStoreContract } from './file-store-contract.ts';
import { MemoryFileStore } from './memory-file-store.ts';

describe('the file store of the unit tests', () => {
  const { contents } = new MemoryFileStore();
  fileStoreContract({
    open: () => Promise.resolve(new MemoryFileStore(contents)),
    stored: (id) => Promise.resolve(contents.get(id)),
    count: () => Promise.resolve(contents.size),
  });
});
