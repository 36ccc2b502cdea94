import {
  type Http2Server,
  type IncomingHttpHeaders,
  type Http2Session,
  type ServerHttp2Stream,
  constants,
  createServer,
} from 'node:http2';
import { encodeGrpcMessage } from './grpc-message.ts';
import { type ProviderProcess } from './provider-process.ts';

export const getSchemaPath = '/tfplugin5.Provider/GetSchema';
const stopPath = '/tfplugin5.Provider/Stop';
const internalError = '13';

interface ProxyParts {
  /** The provider of a command that begins now. */
  readonly provider: () => Promise<ProviderProcess>;
  /** What GetSchema is answered with: the message without its head. */
  readonly schema: () => Promise<Buffer>;
}

/**
 * Passes every call of Terraform on to the provider as it is, in both directions, but for GetSchema, which it answers by
 * itself. A connection is a command’s: it stays with one provider. gRPC runs over HTTP/2 without TLS (h2c).
 */
export function createProviderProxy({ provider, schema }: ProxyParts): Http2Server {
  const providers = new WeakMap<Http2Session, Promise<ProviderProcess>>();
  const server = createServer();
  server.on('session', (session) => {
    const chosen = provider();
    providers.set(session, chosen);
    chosen.then(
      (process) => {
        const leave = process.use();
        if (session.destroyed) leave();
        else session.once('close', leave);
      },
      // Each call of the session reports it.
      () => undefined,
    );
    // A command that was killed resets its connection.
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const { session } = stream;
    const process = session === undefined ? undefined : providers.get(session);
    if (process === undefined) return;
    const answered =
      headers[':path'] === getSchemaPath
        ? schema().then((message) => {
            answer(stream, message);
          })
        : process.then((target) => {
            if (headers[':path'] === stopPath) target.spend();
            forward(stream, headers, target);
          });
    answered.catch((error: unknown) => {
      fail(stream, error);
    });
  });
  return server;
}

function answer(stream: ServerHttp2Stream, message: Buffer): void {
  if (stream.destroyed) return;
  stream.resume();
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.once('wantTrailers', () => {
    stream.sendTrailers({ 'grpc-status': '0' });
  });
  stream.end(encodeGrpcMessage(message));
}

function fail(stream: ServerHttp2Stream, error: unknown): void {
  if (stream.destroyed) return;
  const message = encodeURIComponent(error instanceof Error ? error.message : String(error));
  stream.resume();
  stream.respond(
    {
      ...{ ':status': 200, 'content-type': 'application/grpc' },
      ...{ 'grpc-status': internalError, 'grpc-message': message },
    },
    { endStream: true },
  );
}

function forward(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { session }: ProviderProcess,
): void {
  if (stream.destroyed) return;
  const upstream = session.request(withoutSymbols(headers), { endStream: false });
  let trailers: IncomingHttpHeaders = { 'grpc-status': internalError };
  upstream.on('response', (response, flags) => {
    if (stream.destroyed) return;
    // An error may come as headers alone.
    const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(withoutSymbols(response), endStream ? { endStream } : { waitForTrailers: true });
  });
  upstream.on('trailers', (received: IncomingHttpHeaders) => {
    trailers = withoutSymbols(received);
  });
  stream.once('wantTrailers', () => {
    stream.sendTrailers(trailers);
  });
  stream.once('close', () => {
    upstream.close(constants.NGHTTP2_CANCEL);
  });
  upstream.once('error', () => {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  });
  stream.pipe(upstream);
  upstream.pipe(stream);
}

/** Node marks headers that were sensitive by a symbol, and refuses to send it on. */
const withoutSymbols = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers));
