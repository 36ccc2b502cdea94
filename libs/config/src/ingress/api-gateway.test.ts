import { describe, expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { EnvironmentInput } from '../environment.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';

const behindApi = (over: Partial<EnvironmentInput> = {}): EnvironmentInput =>
  description({ ingress: { kind: 'api-gateway' }, container: { basePath: '/dev' }, ...over });

const refusal = (input: EnvironmentInput): string => {
  try {
    resolveEnvironment(input);
    return '';
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
};

describe('behind an HTTP API', () => {
  test('a base path that is the stage, or below it, is accepted', () => {
    expect(refusal(behindApi())).toBe('');
    expect(refusal(behindApi({ container: { basePath: '/dev/v1' } }))).toBe('');
  });

  test.each(['', '/prod', '/device'])('base path "%s" is refused with stage dev', (basePath) => {
    expect(refusal(behindApi({ container: { basePath } }))).toBe(
      `TL-CONFIG-STAGE-PATH container.basePath: got "${basePath}" with ingress.stage "dev": requests arrive below /dev, where the backend would answer none. Set container.basePath to /dev, or the stage to its first segment`,
    );
  });

  test('a firewall, a content delivery network and a certificate are refused', () => {
    expect(refusal(behindApi({ waf: { enabled: true } }))).toMatch(/^TL-CONFIG-INGRESS-EDGE waf\.enabled/);
    expect(refusal(behindApi({ cdn: { enabled: true } }))).toMatch(/^TL-CONFIG-INGRESS-EDGE cdn\.enabled/);
    const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c';
    expect(refusal(behindApi({ loadBalancer: { certificateArn, domainName: 'shop.example.com' } }))).toMatch(
      /^TL-CONFIG-INGRESS-EDGE loadBalancer\.certificateArn/,
    );
  });
});

test('a public balancer takes any base path', () => {
  expect(refusal(description({ container: { basePath: '/v2' } }))).toBe('');
});
