import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { partitionOf } from '@tideline/config';

interface AwsQuestion {
  readonly service: 'sts' | 'servicequotas';
  readonly contentType: string;
  readonly target?: string;
  readonly body: string;
}

/** Asks a service of a Region. @returns its answer. @throws Error with what AWS says, or why it was not reached */
export type AskAws = (question: AwsQuestion) => Promise<string>;

const longestCallMs = 10_000;

/** AWS itself: two actions are needed, signed here rather than by an SDK client for each. */
export function askAws(region: string, endpointUrl = ''): AskAws {
  const credentials = defaultProvider();
  return async ({ service, contentType, target, body }) => {
    const endpoint = new URL(
      endpointUrl === '' ? `https://${service}.${region}.${partitionOf(region).dnsSuffix}` : endpointUrl,
    );
    const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
    const signed = await signer.sign(
      new HttpRequest({
        ...{ method: 'POST', protocol: endpoint.protocol, hostname: endpoint.hostname, path: '/', body },
        headers: {
          ...{ host: endpoint.host, 'content-type': contentType },
          ...(target === undefined ? {} : { 'x-amz-target': target }),
        },
      }),
    );
    const headers = new Headers(signed.headers);
    // The same one, and fetch’s to set.
    headers.delete('host');
    const signal = AbortSignal.timeout(longestCallMs);
    const answer = await fetch(endpoint, { method: 'POST', headers, body, signal });
    const text = await answer.text();
    if (answer.ok) return text;
    const said = /"[Mm]essage":\s*"([^"]+)"|<Message>([^<]+)</.exec(text);
    throw new Error(`${service} answers ${answer.status}: ${said?.[1] ?? said?.[2] ?? 'without a reason'}`);
  };
}
