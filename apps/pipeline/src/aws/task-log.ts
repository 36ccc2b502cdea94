import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { partitionOf } from '@tideline/config';
import * as z from 'zod';

/** Lines of a log stream, and where the next ones begin. */
interface LogPage {
  readonly lines: readonly string[];
  readonly next: string | null;
}

/** What tasks write. */
export interface TaskLog {
  /** The lines from a place on, oldest first; none while the stream does not exist. @param from null is the beginning */
  read(stream: { readonly group: string; readonly name: string }, from: string | null): Promise<LogPage>;
}

const page = z.object({
  events: z.array(z.object({ message: z.string().default('') })).default([]),
  nextForwardToken: z.string().nullable().default(null),
});
const refusal = z.object({ __type: z.string().default('unknown'), message: z.string().default('') });
const longestCallMs = 10_000;

/** CloudWatch Logs, by the one action that is needed: signed here, rather than by an SDK client for it. */
export function cloudWatchTaskLog(region: string): TaskLog {
  const credentials = defaultProvider();
  const signer = new SignatureV4({ service: 'logs', region, credentials, sha256: Sha256 });
  const { AWS_ENDPOINT_URL } = process.env;
  const endpoint = new URL(
    AWS_ENDPOINT_URL === undefined || AWS_ENDPOINT_URL === ''
      ? `https://logs.${region}.${partitionOf(region).dnsSuffix}`
      : AWS_ENDPOINT_URL,
  );
  return {
    read: async ({ group, name }, from) => {
      const request = new HttpRequest({
        method: 'POST',
        protocol: endpoint.protocol,
        hostname: endpoint.hostname,
        path: '/',
        headers: {
          host: endpoint.host,
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'Logs_20140328.GetLogEvents',
        },
        body: JSON.stringify({
          logGroupName: group,
          logStreamName: name,
          startFromHead: true,
          ...(from === null ? {} : { nextToken: from }),
        }),
      });
      const signed = await signer.sign(request);
      const headers = new Headers(signed.headers);
      // The same one, and fetch’s to set.
      headers.delete('host');
      const answer = await fetch(endpoint, {
        ...{ method: 'POST', headers, body: request.body as string },
        signal: AbortSignal.timeout(longestCallMs),
      });
      const json: unknown = await answer.json();
      if (answer.ok) {
        const { events, nextForwardToken } = page.parse(json);
        return { lines: events.map(({ message }) => message), next: nextForwardToken };
      }
      const { __type, message } = refusal.parse(json);
      if (__type.endsWith('ResourceNotFoundException')) return { lines: [], next: null };
      // The SDK’s errors have this shape.
      throw Object.assign(new Error(`logs:GetLogEvents of ${group}: ${message}`), {
        name: __type,
        $metadata: { httpStatusCode: answer.status },
      });
    },
  };
}
