/** Release that the API gets as its own, so that its greeting and the peers’ are the same bytes. */
export const greetingVersion = '0.0.0';

/** What the API answers at `/`, with a fresh object per request as a route has one. */
export const greeting = () => ({ message: 'Hello from Tideline', version: greetingVersion });
