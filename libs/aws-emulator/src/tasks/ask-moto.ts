import type { AskMoto } from './task-repairs.ts';

/** Asks moto itself, past the gateway. Moto reads the service from the signature’s scope, and verifies no signature. */
export const askMoto =
  ({ url, region }: { readonly url: string; readonly region: string }): AskMoto =>
  async (target, parameters, service) => {
    const scope = `test/20260101/${region}/${service}/aws4_request`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': target,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(parameters),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${target}: moto answered ${answer.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as unknown);
  };
