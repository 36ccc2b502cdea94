/** autocannon’s connection, which its own types leave out: the part that the adapter uses. */
declare module 'autocannon/lib/httpClient.js' {
  import type { Buffer } from 'node:buffer';
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  interface ClientEvents {
    headers: [
      info: {
        readonly statusCode: number;
        readonly shouldKeepAlive: boolean;
        /** Names and values in turn. */
        readonly headers: readonly string[];
      },
    ];
    response: [statusCode: number, bytes: number, durationMs: number];
    connError: [error: Error];
    timeout: [];
  }

  class HttpClient extends EventEmitter<ClientEvents> {
    constructor(options: {
      readonly protocol: string;
      readonly hostname: string;
      readonly port: number;
      readonly timeout: number;
      readonly setupClient: (client: HttpClient) => void;
    });
    conn: Socket;
    timeout: number;
    readonly parser: {
      readonly type: string;
      execute(chunk: Buffer): number | Error;
      finish(): Error | undefined;
      reinitialize(type: string): void;
      /** http-parser-js’s kOnHeadersComplete; a true result means that no body follows. */
      2: (head: { readonly statusCode: number }) => boolean | undefined;
    };
    readonly timeoutTicker: { reschedule(timeoutMs: number): void };
    readonly pipelinedRequests: {
      addBody: (chunk: Buffer) => void;
      insertRequest(request: object): void;
      terminateRequest: () => object | undefined;
    };
    _connect: () => void;
    _doRequest: () => void;
    _destroyConnection: () => void;
    destroy(): void;
  }

  export = HttpClient;
}
