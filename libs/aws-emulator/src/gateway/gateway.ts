import { Hono } from 'hono';
import { type AwsRequest, type RequestHead, identify, isQueryProtocol, parameters } from './aws-request.ts';
import { type Repair } from './repair.ts';
import { type Upstream } from './upstream.ts';

export interface GatewayParts {
  readonly upstream: Upstream;
  readonly repairs: readonly Repair[];
  /** Told of every operation that moto answered with a server error, that is: does not implement. */
  readonly onServerError?: (operation: string) => void;
  /** Awaited before a request goes on. */
  readonly beforeRequest?: ((operation: string) => Promise<void> | void) | undefined;
}

/**
 * The server in front of moto: requests of the repairs’ operations go through their repair, everything else is streamed
 * through unchanged.
 */
export function createGateway({ upstream, repairs, onServerError, beforeRequest }: GatewayParts): Hono {
  const table = new Map(repairs.map((repair) => [key(repair), repair]));
  const gateway = new Hono();

  gateway.all('*', async ({ req: { raw } }) => {
    const head = {
      method: raw.method,
      path: raw.url.slice(raw.url.indexOf('/', 'https://'.length)),
      headers: raw.headers,
    };
    const isRead = isQueryProtocol(head);
    const formBody = isRead ? await raw.text() : undefined;
    const name = identify(head, formBody);
    const repair = table.get(key(name));
    await beforeRequest?.(key(name));

    if (repair === undefined) {
      const answer = await upstream.send({ ...head, body: formBody ?? raw.body ?? undefined });
      if (answer.status >= 500) onServerError?.(key(name));
      return answer;
    }
    const body = formBody ?? (await raw.text());
    const request = { ...name, headers: head.headers, parameters: parameters(head, body), body };
    return repaired(repair, request, { head, upstream });
  });
  return gateway;
}

interface Received {
  readonly head: RequestHead;
  readonly upstream: Upstream;
}

async function repaired(repair: Repair, request: AwsRequest, received: Received): Promise<Response> {
  const { head, upstream } = received;
  let contentType = head.headers.get('content-type') ?? 'application/x-amz-json-1.1';
  const answer = await repair.answer(request, async () => {
    const forwarded = await upstream.send({ ...head, body: request.body });
    contentType = forwarded.headers.get('content-type') ?? contentType;
    return { status: forwarded.status, body: await forwarded.text() };
  });
  return new Response(answer.status === 204 ? null : answer.body, {
    status: answer.status,
    headers: { 'content-type': contentType, ...answer.headers },
  });
}

const key = ({ service, operation }: Pick<AwsRequest, 'service' | 'operation'>): string =>
  `${service} ${operation}`;
