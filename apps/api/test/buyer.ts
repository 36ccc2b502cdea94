import * as z from 'zod';
import { openDocumentStore } from '../src/open-stores.ts';
import { Sessions } from '../src/session/sessions.ts';
import { Sale } from '../src/storefront/sale.ts';
import { parallelSale, sharedStore } from './shared-store.ts';

/** What a process of the parallel-buyers test is told, as its only argument. */
const job = z.object({
  store: sharedStore,
  name: z.string(),
  buyers: z.int(),
  stock: z.int(),
  timeoutMs: z.int(),
});

const { store, name, buyers, stock, timeoutMs } = job.parse(JSON.parse(process.argv[2] ?? ''));
const documents = await openDocumentStore({ store, keys: [], idleSeconds: 600, timeoutMs });
let sessionCount = 0;
const sessions = new Sessions({
  store: documents,
  idleSeconds: 600,
  newId: () => `${name}-${(sessionCount += 1)}`,
  now: () => new Date(),
});
const sale = new Sale({ config: parallelSale(stock), documents, sessions, now: () => new Date() });
const latenciesMs: number[] = [];

/** Buys one at a time, gives one back after every fifth, and stops when there is nothing left. */
async function buyAll(): Promise<number> {
  let id: string | undefined;
  let inFullCarts = 0;
  for (let turn = 1; ; turn += 1) {
    const startedMs = performance.now();
    const added = await sale.add(id, { quantity: 1, token: undefined });
    latenciesMs.push(performance.now() - startedMs);
    if (added === 'session-over') throw new Error('a buyer lost its session');
    ({ id } = added);
    const { outcome, cart } = added.decision;
    if (outcome === 'sold-out') return inFullCarts + cart.quantity;
    if (outcome === 'cart-full') {
      inFullCarts += cart.quantity;
      id = undefined;
    } else if (turn % 5 === 0) {
      const changed = await sale.set(id, cart.quantity - 1);
      if (changed?.outcome !== 'changed' && changed?.outcome !== 'removed')
        throw new Error('nothing given back');
    }
  }
}

const startedMs = performance.now();
const carts = await Promise.all(Array.from({ length: buyers }, buyAll));
latenciesMs.sort((a, b) => a - b);
const at = (share: number): number => latenciesMs[Math.floor((latenciesMs.length - 1) * share)] ?? 0;
process.stdout.write(
  JSON.stringify({
    sold: carts.reduce((sum, quantity) => sum + quantity, 0),
    attempts: latenciesMs.length,
    seconds: (performance.now() - startedMs) / 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    conflicts: documents.status().conflictCount,
  }),
);
await documents.close();
