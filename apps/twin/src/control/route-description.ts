/** Method, path and meaning of a route. */
export type RouteDescription = readonly [method: string, path: string, meaning: string];
