import { once } from 'node:events';
import {
  type ClientHttp2Stream,
  type Http2Server,
  type IncomingHttpHeaders,
  type Http2Session,
  type ServerHttp2Stream,
  constants,
  createServer,
} from 'node:http2';
import { messageOf } from '@tideline/process';
import { ConfigurationGate } from './configuration-gate.ts';
import { decodeGrpcMessage, encodeGrpcMessage } from './grpc-message.ts';
import { protobufFields } from './protobuf-fields.ts';
import { type ProviderProcess } from './provider-process.ts';

export const getSchemaPath = '/tfplugin5.Provider/GetSchema';
const configurePath = '/tfplugin5.Provider/Configure';
const stopPath = '/tfplugin5.Provider/Stop';
const internalError = '13';
const providerEnded = new Error('the provider ended; with one of its own, Terraform shows its last words');

interface ProxyParts {
  /** The provider of a command that begins now. */
  readonly provider: () => Promise<ProviderProcess>;
  /** What GetSchema is answered with: the message without its head. */
  readonly schema: () => Promise<Buffer>;
}

/**
 * Passes every call of Terraform on to the provider as it is, in both directions, but for GetSchema, which it answers by
 * itself, and Configure, which waits for commands with another configuration. A connection is a command’s: it stays with one
 * provider. gRPC runs over HTTP/2 without TLS (h2c).
 */
export function createProviderProxy({ provider, schema }: ProxyParts): Http2Server {
  const providers = new WeakMap<Http2Session, Promise<ProviderProcess>>();
  const gate = new ConfigurationGate();
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
    if (session === undefined || process === undefined) return;
    const { ':path': path } = headers;
    const serve = async (): Promise<void> => {
      if (path === getSchemaPath) {
        answer(stream, await schema());
        return;
      }
      const target = await process;
      if (path === stopPath) target.spend();
      if (path === configurePath) {
        const message = await readAll(stream);
        await gate.enter(session, configurationIn(message));
        forward(stream, headers, target)?.end(message);
      } else {
        const upstream = forward(stream, headers, target);
        if (upstream !== null) stream.pipe(upstream);
      }
    };
    serve().catch((error: unknown) => {
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
  const message = encodeURIComponent(messageOf(error));
  stream.resume();
  stream.respond(
    {
      ...{ ':status': 200, 'content-type': 'application/grpc' },
      ...{ 'grpc-status': internalError, 'grpc-message': message },
    },
    { endStream: true },
  );
}

/** Everything that a stream brings; it can still be answered. */
async function readAll(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'end');
  return Buffer.concat(chunks);
}

/** The settings in a call of Configure, field 2 of `Configure.Request`. What Terraform can do, beside it, is another in a plan than in an apply. */
function configurationIn(message: Buffer): Buffer {
  for (const { number, content } of protobufFields(decodeGrpcMessage(message)))
    if (number === 2) return content;
  return Buffer.alloc(0);
}

/** Begins the same call at the provider, and answers with what it answers. @returns where its message goes; null when the caller is gone */
function forward(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { session }: ProviderProcess,
): ClientHttp2Stream | null {
  if (stream.destroyed) return null;
  const upstream = session.request(withoutSymbols(headers), { endStream: false });
  let trailers: IncomingHttpHeaders | undefined;
  upstream.on('response', (response, flags) => {
    if (stream.destroyed) return;
    // An error may come as headers alone.
    const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    if (endStream) trailers = {};
    stream.respond(withoutSymbols(response), endStream ? { endStream } : { waitForTrailers: true });
  });
  upstream.on('trailers', (received: IncomingHttpHeaders) => {
    trailers = withoutSymbols(received);
  });
  stream.once('wantTrailers', () => {
    stream.sendTrailers(trailers ?? { 'grpc-status': internalError });
  });
  stream.once('close', () => {
    upstream.close(constants.NGHTTP2_CANCEL);
  });
  upstream.once('error', () => {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  });
  // A provider that dies closes its streams without an error.
  upstream.once('close', () => {
    if (trailers === undefined && !stream.headersSent) fail(stream, providerEnded);
    else if (trailers === undefined) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  });
  upstream.pipe(stream);
  return upstream;
}

/** Node marks headers that were sensitive by a symbol, and refuses to send it on. */
const withoutSymbols = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers));
