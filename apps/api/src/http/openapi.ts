import { z } from 'zod';
import { problems, problemSchema, type ProblemCode } from './problem.ts';
import type { Route, RouteResponse } from './route.ts';

/** Problems that any route may answer. */
const commonProblems: readonly ProblemCode[] = [
  'invalid-request',
  'body-too-large',
  'headers-too-large',
  'internal',
];

/** Every problem that a route may answer. */
export const problemsOf = (route: Route): readonly ProblemCode[] => [
  ...commonProblems,
  ...(route.guard === undefined ? [] : (['unauthorized'] as const)),
  ...route.problems,
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
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operation(route: Route): object {
  const { operationId, summary, params, body, guard } = route;
  return {
    operationId,
    summary,
    ...(params === undefined ? {} : { parameters: parameters(params) }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: content(undefined, body) } }),
    responses: { ...Object.fromEntries(route.responses.map(response)), ...problemResponses(route) },
    ...(guard === undefined ? {} : { security: [{ token: [] }] }),
  };
}

/** Path parameters are text on the wire; their numeric range is what the transformed value must hold. */
function parameters(params: z.ZodType): object[] {
  const { properties = {} } = jsonSchema(params, 'output') as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'path', required: true, schema }));
}

const response = ({ status, description, contentType, schema }: RouteResponse): [number, object] => [
  status,
  { description, content: content(contentType, schema) },
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
