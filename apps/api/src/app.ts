import { Hono } from 'hono';
import type { Config } from './config.ts';
import { createObserve, type ObserveOptions } from './http/observe.ts';
import { problem } from './http/problem.ts';
import { readJsonBody, refuseLargeBody } from './http/read-body.ts';
import { requestHeader, unmatchedRoute, type ApiContext, type ApiEnv, type Route } from './http/route.ts';
import { empty, type Reply } from './http/reply.ts';
import { everyTarget } from './http/request-head.ts';
import { invalidRequest } from './http/validate.ts';

export type AppOptions = Pick<Config, 'basePath' | 'maxBodyBytes'> &
  Omit<ObserveOptions, 'docsUrl'> & { readonly routes: readonly Route[] };

/** Paths that health checkers call without the base path, since they do not come through the gateway that adds it. */
const checkPaths: readonly string[] = ['/health', '/ready'];

/** In the order in which `allow` names them. */
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Route['method'][];

/** The HTTP interface: routes under the base path, each observed, and problem details for everything else. */
export function createApp({ routes, basePath, maxBodyBytes, ...options }: AppOptions): Hono<ApiEnv> {
  const observe = createObserve({ ...options, docsUrl: `${basePath}/docs` });
  const app = new Hono<ApiEnv>();
  // Handlers answer for what they throw; what is thrown around them is for the server, which has no context.
  app.onError((error) => {
    throw error;
  });

  for (const route of routes) {
    const handler = observe(
      { path: route.path, usesStores: route.usesStores === true },
      answerWith(route, maxBodyBytes),
    );
    const path = `${basePath}${route.path === '/' && basePath !== '' ? '' : route.path}`;
    app.on(route.method, path, handler);
    if (basePath !== '' && route.path === '/') app.on(route.method, `${basePath}/`, handler);
    if (basePath !== '' && checkPaths.includes(route.path)) app.on(route.method, route.path, handler);
  }

  app.notFound(
    observe({ path: unmatchedRoute, usesStores: false }, (context) => {
      const { path, method } = context.req;
      const isAllowed =
        method === 'OPTIONS' && path === everyTarget
          ? (candidate: Route['method']) => routes.some((route) => route.method === candidate)
          : (candidate: Route['method']) => app.router.match(candidate, path)[0].length > 0;
      const allowed = methods.filter(isAllowed);
      if (allowed.length === 0) return problem('not-found', `No route matches ${shortened(path)}.`);
      const allow = [...(allowed.includes('GET') ? ['HEAD'] : []), ...allowed, 'OPTIONS'].join(', ');
      if (method === 'OPTIONS') return empty(204, { allow });
      return problem('method-not-allowed', `Got ${method}; ${shortened(path)} supports ${allow}.`, {
        headers: { allow },
      });
    }),
  );
  return app;
}

/** Guard, then limits, then validation, then the handler: nobody without a token learns what is valid. */
function answerWith(route: Route, apiLimitBytes: number): (context: ApiContext) => Reply | Promise<Reply> {
  const { guard, params: paramsSchema, query: querySchema, body: bodySchema } = route;
  const maxBodyBytes = route.maxBodyBytes ?? apiLimitBytes;
  const takesNothing = paramsSchema === undefined && querySchema === undefined && bodySchema === undefined;
  return (context) => {
    const refused =
      guard?.(requestHeader(context, 'authorization')) ?? refuseLargeBody(context, maxBodyBytes);
    if (refused !== undefined) return refused;
    if (takesNothing) return route.handle(noInput, context);

    const sent = context.req.param();
    const params = paramsSchema?.safeParse(sent);
    if (params?.success === false) return invalidRequest(params.error, sent);
    const sentQuery = querySchema === undefined ? {} : context.req.query();
    const query = querySchema?.safeParse(sentQuery);
    if (query?.success === false) return invalidRequest(query.error, sentQuery);
    const input = { params: params?.data, query: query?.data, body: undefined };
    if (bodySchema === undefined) return route.handle(input, context);
    return readJsonBody(context, bodySchema, maxBodyBytes).then((read) =>
      'reply' in read ? read.reply : route.handle({ ...input, body: read.value }, context),
    );
  };
}

const noInput = { params: undefined, query: undefined, body: undefined };
const shortened = (path: string): string => (path.length > 100 ? `${path.slice(0, 100)}…` : path);
