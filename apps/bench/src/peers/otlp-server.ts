import { type Server, createServer } from 'node:http';

/** What takes spans and keeps none: a collector that costs as little as one can. */
export const otlpServer = (): Server =>
  createServer((request, response) => {
    request.resume().on('end', () => {
      // In kind (OTLP/HTTP): an answer without fields, in JSON or in protobuf.
      const type = request.headers['content-type'] ?? '';
      response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : '');
    });
  });
