import type { TracedStore } from '../tracing.ts';
import { serverShape, type SpanShape, storeShape } from './span-shape.ts';

/** Shapes of one route’s spans by status and method. */
export class ServerShapes {
  readonly #route: string | undefined;
  readonly #byStatus = new Map<number, Map<string, SpanShape>>();

  constructor(route: string | undefined) {
    this.#route = route;
  }

  of(method: string, status: number): SpanShape {
    let byMethod = this.#byStatus.get(status);
    if (byMethod === undefined) this.#byStatus.set(status, (byMethod = new Map<string, SpanShape>()));
    const known = byMethod.get(method);
    if (known !== undefined) return known;
    const shape = serverShape(this.#route, method, status);
    byMethod.set(method, shape);
    return shape;
  }
}

/** Shapes of one store’s spans by operation and failure. */
export class StoreShapes {
  readonly #store: TracedStore;
  readonly #known = new Map<string, SpanShape>();

  constructor(store: TracedStore) {
    this.#store = store;
  }

  of(operation: string, errorType: string | undefined): SpanShape {
    const key = `${operation} ${errorType ?? ''}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const shape = storeShape(this.#store, operation, errorType);
    this.#known.set(key, shape);
    return shape;
  }
}
