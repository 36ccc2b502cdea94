import { describe, expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import { environmentErrors } from './environment-errors.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c';
const enabled = true;
const shop = 'shop.example.com';

describe('the name of a distribution', () => {
  test.each([
    ['without a certificate', { cdn: { enabled, domainName: shop } }, 'certificateArn null'],
    ['missing beside a certificate', { cdn: { enabled, certificateArn } }, 'got null'],
    [
      'which is the balancer’s too',
      {
        cdn: { enabled, certificateArn, domainName: shop },
        loadBalancer: { certificateArn, domainName: shop },
      },
      'origin.shop.example.com',
    ],
  ])('%s is refused', (_case, over, words) => {
    expect(() => resolveEnvironment(description(over))).toThrow(
      expect.objectContaining({
        problems: [
          {
            code: 'TL-CONFIG-CDN-NAME',
            path: 'cdn.domainName',
            message: expect.stringContaining(words) as unknown,
          },
        ],
      }),
    );
  });

  test('with its certificate is taken beside another one of the balancer', () => {
    const cdn = { enabled, certificateArn, domainName: shop };
    const loadBalancer = { certificateArn, domainName: `origin.${shop}` };
    expect(environmentErrors(resolveEnvironment(description({ cdn, loadBalancer })))).toEqual([]);
  });
});

// CloudFront guide, origin settings: “Valid values include ports 80, 443, and 1024 to 65535.”
describe('the port of a balancer behind CloudFront', () => {
  const codes = (listenerPort: number, cdn: boolean) =>
    environmentErrors(
      resolveEnvironment(description({ cdn: { enabled: cdn }, loadBalancer: { listenerPort } })),
    ).map(({ code, path }) => `${code} ${path}`);

  test.each([80, 443, 1024, 65535])('is taken: %d', (port) => {
    expect(codes(port, true)).toEqual([]);
  });

  test.each([81, 442, 1023])('is refused, and taken without CloudFront: %d', (port) => {
    expect(() => codes(port, true)).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            code: 'TL-CONFIG-LISTENER-PORT',
            path: 'loadBalancer.listenerPort',
            message: expect.stringContaining(`got ${port} with cdn.enabled true`) as unknown,
          }),
        ],
      }),
    );
    expect(codes(port, false)).toEqual([]);
  });
});
