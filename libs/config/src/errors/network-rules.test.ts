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
