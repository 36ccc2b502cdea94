import { describe } from '@jest/globals';
import { documentStoreContract } from './document-store-contract.ts';
import { MemoryDocumentStore } from './memory-document-store.ts';
import { fileStoreContract } from './file-store-contract.ts';
import { MemoryFileStore } from './memory-file-store.ts';

describe('the document store of the unit tests', () => {
  const first = new MemoryDocumentStore();
  documentStoreContract({
    open: () => Promise.resolve(first.another()),
    outlive: (_, lifeMs) => {
      first.advance(lifeMs);
      return Promise.resolve();
    },
  });
});

describe('the file store of the unit tests', () => {
  const { contents } = new MemoryFileStore();
  fileStoreContract({
    open: () => Promise.resolve(new MemoryFileStore(contents)),
    stored: (id) => Promise.resolve(contents.get(id)),
    count: () => Promise.resolve(contents.size),
  });
});
