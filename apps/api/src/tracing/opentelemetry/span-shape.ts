import { type Attributes, SpanKind, type SpanStatus, SpanStatusCode } from '@opentelemetry/api';
import type { TracedStore } from '../tracing.ts';
import { type ShapeParts, shapeParts } from './otlp-parts.ts';

/** What all spans of one kind, route and outcome have in common: it is written out once, not for each of them. */
export interface SpanShape extends SpanDescription {
  readonly parts: ShapeParts;
}

export interface SpanDescription {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly status: SpanStatus;
}

const shaped = (description: SpanDescription): SpanShape => ({
  ...description,
  parts: shapeParts(description),
});

const unset: SpanStatus = { code: SpanStatusCode.UNSET };
const failed: SpanStatus = { code: SpanStatusCode.ERROR };

/** Methods that are named as they are (OpenTelemetry, HTTP spans, `http.request.method`). */
const knownMethods: ReadonlySet<string> = new Set(
  'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE'.split(' '),
);

/**
 * Of a request, by the semantic conventions for HTTP server spans (1.23 and newer). 5xx is an error of the server, 4xx none.
 * @param route pattern with the base path; undefined where no route matched
 */
export function serverShape(route: string | undefined, method: string, status: number): SpanShape {
  const isKnown = knownMethods.has(method);
  return shaped({
    name: `${isKnown ? method : 'HTTP'}${route === undefined ? '' : ` ${route}`}`,
    kind: SpanKind.SERVER,
    attributes: {
      'http.request.method': isKnown ? method : '_OTHER',
      ...(isKnown ? {} : { 'http.request.method_original': method }),
      ...(route === undefined ? {} : { 'http.route': route }),
      'http.response.status_code': status,
      'url.scheme': 'http',
      ...(status >= 500 ? { 'error.type': String(status) } : {}),
    },
    status: status >= 500 ? failed : unset,
  });
}

/** The command of Redis that does what an operation is for; a transaction commits by a script. */
const redisCommands: Readonly<Record<string, string>> = {
  read: 'GET',
  touch: 'GETEX',
  delete: 'DEL',
  transact: 'EVALSHA',
};

/** The request of S3 that does what an operation is for; a download is an address that is signed here. */
const s3Requests: Readonly<Record<string, string>> = { put: 'PutObject', delete: 'DeleteObjects' };

/** Name and attributes of an operation, by the semantic conventions for databases and AWS’s SDK where there are some. */
const operations: Readonly<
  Record<
    TracedStore['kind'],
    (store: TracedStore, operation: string) => Pick<SpanShape, 'name' | 'kind' | 'attributes'>
  >
> = {
  redis: ({ server }, operation) => {
    const command = redisCommands[operation] ?? operation.toUpperCase();
    return {
      name: server === undefined ? command : `${command} ${server.address}:${server.port}`,
      kind: SpanKind.CLIENT,
      attributes: {
        'db.system.name': 'redis',
        'db.operation.name': command,
        ...(server === undefined ? {} : { 'server.address': server.address, 'server.port': server.port }),
      },
    };
  },
  embedded: (_store, operation) => ({
    name: `${operation} lmdb`,
    kind: SpanKind.CLIENT,
    attributes: { 'db.system.name': 'lmdb', 'db.operation.name': operation },
  }),
  s3: ({ bucket }, operation) => {
    const request = s3Requests[operation];
    if (request === undefined)
      return { name: `S3 ${operation}`, kind: SpanKind.INTERNAL, attributes: bucketOf(bucket) };
    return {
      name: `S3/${request}`,
      kind: SpanKind.CLIENT,
      attributes: { 'rpc.system.name': 'aws-api', 'rpc.method': `S3/${request}`, ...bucketOf(bucket) },
    };
  },
  disk: (_store, operation) => ({ name: `file ${operation}`, kind: SpanKind.INTERNAL, attributes: {} }),
};

const bucketOf = (bucket: string | undefined): Attributes =>
  bucket === undefined ? {} : { 'aws.s3.bucket': bucket };

/** Of an operation of a store. Keys stay out: they are those of sessions. @param errorType class of what failed */
export function storeShape(store: TracedStore, operation: string, errorType: string | undefined): SpanShape {
  const { name, kind, attributes } = operations[store.kind](store, operation);
  return shaped(
    errorType === undefined
      ? { name, kind, attributes, status: unset }
      : { name, kind, attributes: { ...attributes, 'error.type': errorType }, status: failed },
  );
}
