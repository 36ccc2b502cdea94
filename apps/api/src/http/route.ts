import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type * as z from 'zod';
import type { AnswerQueue } from './answer-queue.ts';
import type { ProblemCode } from './problem.ts';
import type { Reply } from './reply.ts';
import type { IncomingMessage } from 'node:http';

/** What is there under the server, and absent under `app.request()`. */
export interface ApiEnv {
  Bindings: Partial<
    HttpBindings & {
      /** Takes the answer in place of a `Response`, where the request has no content. */
      readonly answers: AnswerQueue;
    }
  >;
}
export type ApiContext = Context<ApiEnv>;

export interface RouteResponse {
  readonly status: number;
  readonly description: string;
  /**
   * Media type, or `none` for an answer without content.
   * @default 'application/json'
   */
  readonly contentType?: string;
  readonly schema?: z.ZodType;
}

/** What the OpenAPI document and the docs page say about a route. */
interface RouteDescription {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Hono’s pattern without the base path: `/stress-cpu/:percent/:seconds`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly responses: readonly RouteResponse[];
  /** Problems beyond those that any route may answer. */
  readonly problems: readonly ProblemCode[];
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Media types of a body that the handler reads itself, as a stream. */
  readonly streamedBody?: readonly string[];
  /**
   * Largest body of this route.
   * @default the API’s own limit
   */
  readonly maxBodyBytes?: number;
  /** Whether a session’s cookie says whose data it is. */
  readonly inSession?: boolean;
  /** Whether handling it needs the session store or the file store. @default false */
  readonly usesStores?: boolean;
  /** Set when a bearer token guards the route: returns the problem, or undefined to let the request pass. */
  readonly guard?: (authorization: string | undefined) => Reply | undefined;
}

/** A route as it is served: validated input has become an argument that the handler has closed over. */
export interface Route extends RouteDescription {
  readonly handle: (input: Input<unknown, unknown, unknown>, context: ApiContext) => Reply | Promise<Reply>;
}

/** What the schemas of a route let through; undefined where it has none. */
export interface Input<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
}

export interface TypedRoute<Params, Query, Body> extends Omit<RouteDescription, 'params' | 'query' | 'body'> {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  readonly handle: (input: Input<Params, Query, Body>, context: ApiContext) => Reply | Promise<Reply>;
}

/** Declares a route whose handler sees exactly what its schemas let through. */
export const defineRoute = <Params = undefined, Query = undefined, Body = undefined>(
  route: TypedRoute<Params, Query, Body>,
): Route => ({
  ...route,
  // The schemas above produced the values, so the types hold.
  handle: (input, context) => route.handle(input as Input<Params, Query, Body>, context),
});

/** Stands in metrics and logs for the route of a request that no route matches. */
export const unmatchedRoute = 'unmatched';

/** What the server passed; `app.request()` passes no bindings at all. */
export const bindingsOf = (context: ApiContext): ApiEnv['Bindings'] | undefined => context.env;

/** Node’s own request, or undefined where there is no server. */
export const incomingOf = (context: ApiContext): IncomingMessage | undefined => bindingsOf(context)?.incoming;

/** Whether the answer’s content is left out: routes see GET in place of HEAD. */
export const isHead = (context: ApiContext): boolean =>
  (incomingOf(context)?.method ?? context.req.raw.method) === 'HEAD';

/** A header of the request, from what Node has parsed already: building `Headers` costs more than a route. */
export function requestHeader(context: ApiContext, name: string): string | undefined {
  const incoming = incomingOf(context);
  if (incoming === undefined) return context.req.header(name);
  const value = incoming.headers[name];
  return typeof value === 'string' ? value : undefined;
}
