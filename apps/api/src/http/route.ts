import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { ProblemCode } from './problem.ts';
import type { Reply } from './reply.ts';

/** Node’s own request and response are there under the server, and absent under `app.request()`. */
export interface ApiEnv {
  Bindings: Partial<HttpBindings>;
}
export type ApiContext = Context<ApiEnv>;

export interface RouteResponse {
  readonly status: number;
  readonly description: string;
  /** @default 'application/json' */
  readonly contentType?: string;
  readonly schema?: z.ZodType;
}

/** What the OpenAPI document and the docs page say about a route. */
interface RouteDescription {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Hono’s pattern without the base path: `/stress-cpu/:percent/:seconds`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly responses: readonly RouteResponse[];
  /** Problems beyond those that any route may answer. */
  readonly problems: readonly ProblemCode[];
  readonly params?: z.ZodType;
  readonly body?: z.ZodType;
  /** Set when a bearer token guards the route: returns the problem, or undefined to let the request pass. */
  readonly guard?: (authorization: string | undefined) => Reply | undefined;
}

/** A route as it is served: validated input has become an argument that the handler has closed over. */
export interface Route extends RouteDescription {
  readonly handle: (input: { readonly params: unknown; readonly body: unknown }) => Reply | Promise<Reply>;
}

interface TypedRoute<Params, Body> extends Omit<RouteDescription, 'params' | 'body'> {
  readonly params?: z.ZodType<Params>;
  readonly body?: z.ZodType<Body>;
  readonly handle: (input: { readonly params: Params; readonly body: Body }) => Reply | Promise<Reply>;
}

/** Declares a route whose handler sees exactly what its schemas let through. */
export const defineRoute = <Params = undefined, Body = undefined>(
  route: TypedRoute<Params, Body>,
): Route => ({
  ...route,
  // The schemas above produced the values, so the types hold.
  handle: (input) => route.handle(input as { params: Params; body: Body }),
});
