import { describe, expect, test } from '@jest/globals';
import type { EnvironmentInput } from '@tideline/config';
import { environment as resolved, resourcesOf } from '../../test/synthesise.ts';
import { SecurityGroups } from './security-groups.ts';
import { VpcEndpoints } from './vpc-endpoints.ts';
import { VpcNetwork } from './vpc-network.ts';

/** Every rule as `in tasks 3000 from alb`; groups by their part, prefix lists by their service. */
function rules(over: Partial<EnvironmentInput> = {}): readonly string[] {
  const environment = resolved(over);
  const of = resourcesOf((stack) => {
    const network = new VpcNetwork(stack, 'network', environment);
    const groups = new SecurityGroups(stack, 'groups', { environment, vpcId: network.vpcId });
    new VpcEndpoints(stack, 'endpoints', {
      context: { environment, accountId: '123456789012' },
      network,
      groups,
    });
  });
  const named = (reference: unknown) =>
    /(?:aws_security_group|aws_vpc_endpoint)\.(?:groups|endpoints)_([a-z0-9-]+)_/.exec(
      String(reference),
    )?.[1];
  const peer = (rule: Readonly<Record<string, unknown>>): string =>
    typeof rule.cidr_ipv4 === 'string'
      ? rule.cidr_ipv4
      : (named(rule.referenced_security_group_id) ?? named(rule.prefix_list_id) ?? 'nobody');
  const describeRule = (word: string) => (rule: Readonly<Record<string, unknown>>) => {
    expect(rule).toMatchObject({ ip_protocol: 'tcp' });
    const ports = [...new Set([rule.from_port, rule.to_port])].join('-');
    return `${word.replace('%', String(named(rule.security_group_id))).replace('#', ports)} ${peer(rule)}`;
  };
  return [
    ...of('aws_vpc_security_group_ingress_rule').map(describeRule('%:# from')),
    ...of('aws_vpc_security_group_egress_rule').map(describeRule('% to #')),
  ].sort();
}

describe('the security groups', () => {
  test('let nothing in but the balancer from anywhere, and nobody out but to whom they need', () => {
    expect(rules()).toEqual([
      'alb to 3000 tasks',
      'alb:80 from 0.0.0.0/0',
      'endpoints:443 from load-runner',
      'endpoints:443 from tasks',
      'load-runner to 443 0.0.0.0/0',
      'load-runner to 80 0.0.0.0/0',
      'tasks to 443 dynamodb',
      'tasks to 443 endpoints',
      'tasks to 443 s3',
      'tasks:3000 from alb',
    ]);
  });

  test('follow the ports of the description', () => {
    const changed = rules({ container: { port: 8080 }, loadBalancer: { listenerPort: 8000 } });
    expect(changed).toContain('alb to 8080 tasks');
    expect(changed).toContain('tasks:8080 from alb');
    expect(changed).toContain('alb:8000 from 0.0.0.0/0');
    expect(changed).toContain('load-runner to 8000 0.0.0.0/0');
  });

  test('open HTTPS as well with a certificate, and send the load runner there', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c';
    const changed = rules({ loadBalancer: { certificateArn, domainName: 'shop.example.com' } });
    expect(changed.filter((rule) => rule.endsWith('0.0.0.0/0'))).toEqual([
      'alb:443 from 0.0.0.0/0',
      'alb:80 from 0.0.0.0/0',
      'load-runner to 443 0.0.0.0/0',
    ]);
  });

  test('let nothing from outside to an internal balancer, and the load runner and the test of a release alone to the test listener', () => {
    const changed = rules({
      ingress: { kind: 'api-gateway', stage: 'dev' },
      container: { basePath: '/dev' },
      release: { kind: 'blue-green', testListenerPort: 9000 },
      scaling: { policies: [] },
    });
    expect(changed.filter((rule) => rule.includes('0.0.0.0/0'))).toEqual(['load-runner to 443 0.0.0.0/0']);
    expect(changed.filter((rule) => rule.includes('alb'))).toEqual([
      'alb to 3000 tasks',
      'alb:80 from load-runner',
      'alb:80 from vpc-link',
      'alb:9000 from load-runner',
      'alb:9000 from release-hook',
      'load-runner to 80 alb',
      'load-runner to 9000 alb',
      'release-hook to 9000 alb',
      'tasks:3000 from alb',
      'vpc-link to 80 alb',
    ]);
  });

  test('let tasks out to anywhere with HTTPS alone, by a NAT gateway', () => {
    const changed = rules({ network: { egress: 'nat' } });
    expect(changed).toContain('tasks to 443 0.0.0.0/0');
    expect(changed).toContain('tasks to 443 s3');
    expect(changed.some((rule) => rule.includes('endpoints'))).toBe(false);
  });

  test('let the balancer reach every port that Docker hands out, and instances reach AWS by themselves', () => {
    const found = rules({ compute: { kind: 'ecs-ec2' } });
    expect(found.filter((rule) => /^tasks|^alb|endpoints$/.test(rule))).toEqual([
      'alb to 32768-60999 tasks',
      'alb:80 from 0.0.0.0/0',
      'tasks to 443 0.0.0.0/0',
      'tasks to 443 dynamodb',
      'tasks to 443 s3',
      'tasks:32768-60999 from alb',
    ]);
  });
});
