import type { Ingress } from '@tideline/config';
import type { EditFields } from '../balancer/entry.ts';
import { fieldValue, withoutFields } from '../balancer/http/field-cursor.ts';
import type { RequestHead } from '../balancer/http/request-head.ts';

export type CorsSettings = NonNullable<Ingress<'api-gateway'>['cors']>;

/** What an HTTP API ignores of its integration once it has a CORS configuration of its own. */
const fieldsOfTarget = new Set([
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-expose-headers',
  'access-control-max-age',
]);

/** CORS as an HTTP API does it (API Gateway guide, Configure CORS for HTTP APIs). */
export class Cors {
  readonly #settings: CorsSettings;

  constructor(settings: CorsSettings) {
    this.#settings = settings;
  }

  /** Field lines that answer a preflight, none for an origin that is not allowed; undefined when the request is no preflight. */
  preflight({ method, fields }: RequestHead): string | undefined {
    const origin = fieldValue(fields, 'origin');
    if (method !== 'OPTIONS' || origin === undefined) return undefined;
    if (fieldValue(fields, 'access-control-request-method') === undefined) return undefined;
    const allowed = this.#allowOrigin(origin);
    if (allowed === '') return '';
    const { allowMethods, allowHeaders, maxAgeSeconds } = this.#settings;
    const headers =
      allowHeaders.length === 0 ? '' : `Access-Control-Allow-Headers: ${allowHeaders.join(',')}\r\n`;
    return `${allowed}Access-Control-Allow-Methods: ${allowMethods.join(',')}\r\n${headers}Access-Control-Max-Age: ${maxAgeSeconds}\r\n`;
  }

  /** Takes the target’s own word away, and adds the API’s for an origin that is allowed. */
  responseFields(request: RequestHead): EditFields {
    const origin = fieldValue(request.fields, 'origin');
    const allowed = origin === undefined ? '' : this.#allowOrigin(origin);
    return (fields) => withoutFields(fields, fieldsOfTarget) + allowed;
  }

  /** An entry that ends in `*` stands for every origin that begins like it. */
  #allowOrigin(origin: string): string {
    const { allowOrigins } = this.#settings;
    const isAllowed = allowOrigins.some((allowed) =>
      allowed.endsWith('*') ? origin.startsWith(allowed.slice(0, -1)) : allowed === origin,
    );
    if (!isAllowed) return '';
    return `Access-Control-Allow-Origin: ${allowOrigins.includes('*') ? '*' : origin}\r\n`;
  }
}
