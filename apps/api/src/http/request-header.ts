import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { ApiContext } from './route.ts';

/** Node’s own request, or undefined where there is no server: `app.request()` passes no bindings at all. */
export const incomingOf = (context: ApiContext): IncomingMessage | undefined =>
  (context.env as Partial<HttpBindings> | undefined)?.incoming;

/** A header of the request, from what Node has parsed already: building `Headers` costs more than a route. */
export function requestHeader(context: ApiContext, name: string): string | undefined {
  const incoming = incomingOf(context);
  if (incoming === undefined) return context.req.header(name);
  const value = incoming.headers[name];
  return typeof value === 'string' ? value : undefined;
}
