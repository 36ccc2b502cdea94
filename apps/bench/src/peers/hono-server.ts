import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { Server } from 'node:http';
import { greeting } from './greeting.ts';

/** Hono with one JSON route and nothing else. */
export function honoServer(): Server {
  const app = new Hono();
  app.get('/', (context) => context.json(greeting()));
  return createAdaptorServer({ fetch: app.fetch }) as Server;
}
