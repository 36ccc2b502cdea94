import { describe } from '@jest/globals';
import { documentStoreContract } from './document-store-contract.ts';
import { MemoryDocumentStore } from './memory-document-store.ts';

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
