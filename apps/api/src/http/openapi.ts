import * as z from 'zod';
import { problems, problemSchema, type ProblemCode } from './problem.ts';
import { cookieName } from '../session/session-cookie.ts';
import type { Route, RouteResponse } from './route.ts';

/** Problems that any route may answer. */
const commonProblems: readonly ProblemCode[] = [
  'invalid-request',
  'body-too-large',
  'target-too-long',
  'headers-too-large',
  'internal',
];

/** Every problem that a route may answer. */
export const problemsOf = (route: Route): readonly ProblemCode[] => [
  ...commonProblems,
  ...(route.guard === undefined ? [] : (['unauthorized'] as const)),
  ...(route.inSession === true ? sessionProblems(route) : []),
  ...route.problems,
];

/** What any route of a session may answer; only a change can be refused for where it comes from. */
const sessionProblems = ({ method }: Route): readonly ProblemCode[] => [
  'invalid-session',
  ...(method === 'GET' ? [] : (['cross-site'] as const)),
  'session-store-unavailable',
];

export interface ApiInfo {
  readonly basePath: string;
  readonly version: string;
}

/** The OpenAPI 3.1 document of these routes, made from the schemas that validate their requests. */
export function openApiDocument(routes: readonly Route[], { basePath, version }: ApiInfo): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tideline API', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: cookieName },
      },
    },
  };
}

function operation(route: Route): object {
  const { operationId, summary, params, query, body, streamedBody, guard, inSession } = route;
  const parameterList = [...parameters('path', params), ...parameters('query', query)];
  return {
    operationId,
    summary,
    ...(parameterList.length === 0 ? {} : { parameters: parameterList }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: content(undefined, body) } }),
    ...(streamedBody === undefined
      ? {}
      : { requestBody: { required: true, content: streamed(streamedBody) } }),
    responses: { ...Object.fromEntries(route.responses.map(response)), ...problemResponses(route) },
    ...(guard === undefined ? {} : { security: [{ token: [] }] }),
    // The empty entry: without a cookie, a session starts.
    ...(inSession === true ? { security: [{ session: [] }, {}] } : {}),
  };
}

/** Path parameters are text on the wire; their numeric range is what the transformed value must hold. */
function parameters(where: 'path' | 'query', params: z.ZodType | undefined): object[] {
  if (params === undefined) return [];
  const { properties = {} } = jsonSchema(params, 'output') as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: where, required: true, schema }));
}

const streamed = (mediaTypes: readonly string[]): object =>
  Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: {} }]));

const response = ({ status, description, contentType, schema }: RouteResponse): [number, object] => [
  status,
  { description, ...(contentType === 'none' ? {} : { content: content(contentType, schema) }) },
];

function problemResponses(route: Route): Record<number, object> {
  const codes = problemsOf(route);
  const statuses = [...new Set(codes.map((code) => problems[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes
          .filter((code) => problems[code].status === status)
          .map((code) => `\`${code}\`: ${problems[code].title}.`)
          .join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const content = (contentType = 'application/json', schema?: z.ZodType): object => ({
  [contentType]: schema === undefined ? {} : { schema: jsonSchema(schema, 'output') },
});

/** OpenAPI 3.1 takes JSON Schema as it is; the dialect is the document’s own, so no schema names it. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const named = z.toJSONSchema(schema, { io });
  return Object.fromEntries(Object.entries(named).filter(([key]) => key !== '$schema'));
}
