import type { LookupFunction } from 'node:net';
import type { Unreachable } from '../targets/outage.ts';

/**
 * Addresses that no packet is sent to: the port of a dead target may belong to another process by now. The look-up of a name
 * that never ends stands for packets into nothing, and one that fails for a refused connection.
 */
export const nowhere: Readonly<
  Record<Unreachable, { readonly host: string; readonly lookup: LookupFunction }>
> = {
  silent: { host: 'lost.invalid', lookup: () => undefined },
  refused: {
    host: 'dead.invalid',
    lookup: (_host, _options, done) =>
      done(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), ''),
  },
};
