import { openApiDocument, type ApiInfo } from '../http/openapi.ts';
import { json, type ContentReply } from '../http/reply.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { docsPage } from './docs-page.ts';
import { docsPageContentSecurityPolicy } from './docs-page-style.ts';

/** The OpenAPI document and the page made from it. Both are built when first asked for: most tasks never are. */
export function docsRoutes(routes: readonly Route[], info: ApiInfo): readonly Route[] {
  const documented: Route[] = [...routes];
  const document = once(() => json(openApiDocument(documented, info)));
  const page = once(async (): Promise<ContentReply> => ({
    status: 200,
    contentType: 'text/html; charset=utf-8',
    // Hono’s template makes an object, which no socket takes; what is trimmed is a string.
    body: (await docsPage(documented, info)).trim(),
    headers: { 'content-security-policy': docsPageContentSecurityPolicy() },
  }));
  const own = [
    defineRoute({
      method: 'GET',
      path: '/openapi.json',
      operationId: 'getOpenApi',
      summary: 'This API as an OpenAPI 3.1 document.',
      responses: [{ status: 200, description: 'The document.' }],
      problems: [],
      handle: document,
    }),
    defineRoute({
      method: 'GET',
      path: '/docs',
      operationId: 'getDocs',
      summary: 'This API as a page to read.',
      responses: [{ status: 200, description: 'The page.', contentType: 'text/html' }],
      problems: [],
      handle: page,
    }),
  ];
  documented.push(...own);
  return own;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
