import type { Buffer } from 'node:buffer';
import { type LoadEndpoint, type LoadProfile, filled, placeholdersOf } from '@tideline/config';
import { endpointRotation } from '../connection/endpoint-rotation.ts';
import { requestBytes } from '../connection/request-bytes.ts';
import type { KeptAnswer } from '../connection/user-connection.ts';
import { extractedValue } from './extracted-value.ts';

/** A row of request data, by the names of its columns. */
export type DataRow = Readonly<Record<string, string>>;

export interface EndpointRequest {
  /** Its number in the profile. */
  readonly endpoint: number;
  readonly bytes: Buffer;
  /** Something of its answer is looked at. */
  readonly keepsAnswer: boolean;
}

/** The requests of one user, in turn. */
export interface Session {
  next(): EndpointRequest;
  /** Called with each answer of a request that keeps it. */
  answered(endpoint: number, answer: KeptAnswer): void;
}

interface Requests {
  readonly target: URL;
  readonly profile: Pick<LoadProfile, 'endpoints' | 'keepAlive' | 'data'>;
  /** At least one where the profile has data. */
  readonly rows: readonly DataRow[];
}

/**
 * The requests of all users of a load: first those with which each user starts, then the others by weight, all users taking
 * turns. Requests without placeholders are made once.
 */
export class RequestSource {
  readonly #requests: Requests;
  readonly #fixed: readonly (EndpointRequest | null)[];
  readonly #starting: readonly number[];
  readonly #rotation: () => number;
  #rowsTaken = 0;

  constructor(requests: Requests) {
    const { target, profile } = requests;
    this.#requests = requests;
    this.#fixed = profile.endpoints.map((endpoint, index) => {
      const { columns, values } = placeholdersOf(endpoint);
      if (columns.length + values.length > 0) return null;
      return requestOf(index, endpoint, requestBytes(target, endpoint, profile.keepAlive));
    });
    const numbered = profile.endpoints.map(({ when, weight }, value) => ({ when, weight, value }));
    this.#starting = numbered.flatMap(({ when, value }) => (when === 'start' ? [value] : []));
    this.#rotation = endpointRotation(numbered.filter(({ when }) => when === 'rotation'));
  }

  session(): Session {
    return new UserSession({
      starting: this.#starting,
      inTurn: this.#rotation,
      row: this.#requests.profile.data?.each === 'request' ? null : this.#nextRow(),
      request: (endpoint, values, row) => this.#request(endpoint, values, row ?? this.#nextRow()),
      extractions: (endpoint) => this.#requests.profile.endpoints[endpoint]?.extract ?? [],
    });
  }

  #nextRow(): DataRow {
    const { rows } = this.#requests;
    const row = rows[this.#rowsTaken % Math.max(1, rows.length)];
    this.#rowsTaken += 1;
    return row ?? {};
  }

  /** Null where a value is missing. */
  #request(index: number, values: ReadonlyMap<string, string>, row: DataRow): EndpointRequest | null {
    const fixed = this.#fixed[index];
    const endpoint = this.#requests.profile.endpoints[index];
    if (fixed !== null && fixed !== undefined) return fixed;
    if (endpoint === undefined) return null;
    const whole = filledEndpoint(endpoint, (name, isColumn) => (isColumn ? row[name] : values.get(name)));
    if (whole === null) return null;
    const { target, profile } = this.#requests;
    return requestOf(index, endpoint, requestBytes(target, whole, profile.keepAlive));
  }
}

const requestOf = (endpoint: number, { extract }: LoadEndpoint, bytes: Buffer): EndpointRequest => ({
  endpoint,
  bytes,
  keepsAnswer: extract.length > 0,
});

/** An endpoint with its values: in a path as a URL writes them, in a body as its type does. Null where one is missing. */
export function filledEndpoint(
  endpoint: LoadEndpoint,
  valueOf: (name: string, isColumn: boolean) => string | undefined,
): LoadEndpoint | null {
  const encoded =
    (encode: (value: string) => string) =>
    (name: string, isColumn: boolean): string | undefined => {
      const value = valueOf(name, isColumn);
      return value === undefined ? undefined : encode(value);
    };
  const path = filled(endpoint.path, encoded(encodeURIComponent));
  const body = endpoint.body === null ? null : filled(endpoint.body, encoded(bodyEncoding(endpoint)));
  const headers = Object.entries(endpoint.headers).map(
    ([name, value]) => [name, filled(value, valueOf)] as const,
  );
  if (path === undefined || body === undefined) return null;
  const whole: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (value === undefined) return null;
    whole[name] = value;
  }
  return { ...endpoint, path, body, headers: whole };
}

function bodyEncoding({ headers }: LoadEndpoint): (value: string) => string {
  const [, type = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (/json/i.test(type)) return (value) => JSON.stringify(value).slice(1, -1);
  return /x-www-form-urlencoded/i.test(type) ? encodeURIComponent : (value) => value;
}

interface SessionParts {
  readonly starting: readonly number[];
  readonly inTurn: () => number;
  /** Null: each request takes a row of its own. */
  readonly row: DataRow | null;
  readonly request: (
    endpoint: number,
    values: ReadonlyMap<string, string>,
    row: DataRow | null,
  ) => EndpointRequest | null;
  readonly extractions: (endpoint: number) => LoadEndpoint['extract'];
}

class UserSession implements Session {
  readonly #parts: SessionParts;
  readonly #values = new Map<string, string>();
  /** How many of the starting requests have been sent. */
  #started = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  next(): EndpointRequest {
    const { starting, inTurn, request, row } = this.#parts;
    const first = starting[this.#started];
    const next = request(first ?? inTurn(), this.#values, row);
    if (next !== null) {
      if (first !== undefined) this.#started += 1;
      return next;
    }
    // A value is missing, so an answer at the start did not have it: the user starts again.
    this.#values.clear();
    this.#started = 1;
    const again = request(starting[0] ?? 0, this.#values, row);
    if (again === null)
      throw new Error('the first request of a user needs a value that none before it gives');
    return again;
  }

  answered(endpoint: number, answer: KeptAnswer): void {
    for (const extraction of this.#parts.extractions(endpoint)) {
      const value = extractedValue(answer, extraction);
      if (value === undefined) this.#values.delete(extraction.name);
      else this.#values.set(extraction.name, value);
    }
  }
}
