import { type Server, createServer } from 'node:http';

/** What takes spans and keeps none: a collector that costs as little as one can. */
export const otlpServer = (): Server =>
  createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
