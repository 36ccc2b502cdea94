import { type Server, createServer } from 'node:http';
import { greeting } from './greeting.ts';

/** Node’s own HTTP server with one JSON route and nothing else. */
export const nodeHttpServer = (): Server =>
  createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/') {
      response.writeHead(404).end();
      return;
    }
    const body = JSON.stringify(greeting());
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
