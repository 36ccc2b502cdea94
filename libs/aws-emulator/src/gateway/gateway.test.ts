import { describe, expect, test } from '@jest/globals';
import { createGateway } from './gateway.ts';
import { type Repair, amending, instead } from './repair.ts';
import { type UpstreamRequest } from './upstream.ts';

const repairs: readonly Repair[] = [
  {
    service: 'cloudfront',
    operation: 'PUT /2020-05-31/things',
    aws: 'its next version',
    answer: ({ headers, query, body }) =>
      Promise.resolve({
        status: 200,
        headers: { etag: 'V2' },
        body: `${headers.get('if-match')} ${query.get('Resource')} ${body}`,
      }),
  },
  { service: 'ecs', operation: 'ListThings', aws: 'a list', answer: instead(() => ({ things: [] })) },
  {
    service: 'autoscaling',
    operation: 'DescribeThings',
    aws: 'its group',
    answer: amending((body, { parameters }) => ({ ...(body as object), group: parameters.Group })),
  },
];

/** A gateway before an upstream that keeps what it gets and answers the same to all. */
function gatewayBefore(answer: () => Response) {
  const received: (UpstreamRequest & { readonly text: string })[] = [];
  const failed: string[] = [];
  const gateway = createGateway({
    upstream: {
      send: async (request) => {
        received.push({ ...request, text: await new Response(request.body as string | undefined).text() });
        return answer();
      },
      close: () => Promise.resolve(),
    },
    repairs,
    onServerError: (operation) => failed.push(operation),
  });
  return { gateway, received, failed };
}

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, Signature=0`,
});
const jsonCall = (service: string, target: string) => ({
  method: 'POST',
  headers: { ...signedFor(service), 'x-amz-target': target },
  body: '{}',
});

describe('the gateway', () => {
  test('answers an operation of the table itself', async () => {
    const { gateway, received } = gatewayBefore(() => new Response('moto'));
    const answer = await gateway.request('/', jsonCall('ecs', 'Containers_2014.ListThings'));
    expect(await answer.json()).toEqual({ things: [] });
    expect(received).toEqual([]);
  });

  test('gives a repair what was asked word for word, and its headers to the client', async () => {
    const { gateway } = gatewayBefore(() => new Response('moto'));
    const answer = await gateway.request('/2020-05-31/things?Resource=a%20b', {
      method: 'PUT',
      headers: { ...signedFor('cloudfront'), 'if-match': 'V1' },
      body: '<Thing/>',
    });
    expect([answer.headers.get('etag'), await answer.text()]).toEqual(['V2', 'V1 a b <Thing/>']);
  });

  test('leaves an operation of the same name to the service that owns it', async () => {
    const { gateway } = gatewayBefore(() => new Response('moto'));
    const answer = await gateway.request('/', jsonCall('fis', 'Faults_2020.ListThings'));
    expect(await answer.text()).toBe('moto');
  });

  test('reads the operation of the query protocol from the form, and passes the form on', async () => {
    const { gateway, received } = gatewayBefore(() => Response.json({ found: 1 }));
    const body = new URLSearchParams({ Action: 'DescribeThings', Group: 'blue' });
    const answer = await gateway.request('/', { method: 'POST', headers: signedFor('autoscaling'), body });
    expect(await answer.json()).toEqual({ found: 1, group: 'blue' });
    expect(received[0]?.text).toBe('Action=DescribeThings&Group=blue');
  });

  test('passes moto’s own errors through a repair', async () => {
    const { gateway } = gatewayBefore(() => new Response('no such group', { status: 400 }));
    const body = new URLSearchParams({ Action: 'DescribeThings' });
    const answer = await gateway.request('/', { method: 'POST', headers: signedFor('autoscaling'), body });
    expect([answer.status, await answer.text()]).toEqual([400, 'no such group']);
  });

  test('streams everything else, with its path, query and headers as they came', async () => {
    const { gateway, received } = gatewayBefore(() => new Response('<ok/>', { headers: { etag: '"1"' } }));
    const answer = await gateway.request('/bucket/a%20key?partNumber=1', {
      method: 'PUT',
      headers: { ...signedFor('s3'), host: 'bucket.example:9', 'content-encoding': 'aws-chunked' },
      body: '5;chunk-signature=0\r\nhello\r\n',
    });
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(received[0]).toMatchObject({
      method: 'PUT',
      path: '/bucket/a%20key?partNumber=1',
      text: '5;chunk-signature=0\r\nhello\r\n',
    });
    expect(received[0]?.headers.get('host')).toBe('bucket.example:9');
    expect(received[0]?.headers.get('content-encoding')).toBe('aws-chunked');
  });

  test('tells which operations moto could not answer', async () => {
    const { gateway, failed } = gatewayBefore(() => new Response('oops', { status: 500 }));
    await gateway.request('/', jsonCall('fis', 'Faults_2020.Start'));
    await gateway.request('/v2/apis', { headers: signedFor('apigateway') });
    expect(failed).toEqual(['fis Start', 'apigateway GET /v2/apis']);
  });
});
