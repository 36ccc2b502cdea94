import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, partitionOf, presetNames } from '@tideline/config';
import { synthesise } from './synthesise.ts';

/** What a preset is synthesised with: fields that add policies, endpoints and principals to its own. */
const rows: readonly (readonly [string, Partial<EnvironmentInput>])[] = [
  ...presetNames.map((preset) => [preset, { accessLogs: { enabled: true } }] as const),
  [
    'load-driven',
    {
      ingress: { kind: 'api-gateway', stage: 'dev' },
      container: { basePath: '/dev', stressRoutes: true },
      waf: { enabled: false },
    },
  ],
];

/** Services that policies name alike in every partition (IAM guide, service principals): all but EC2, which China names by its suffix. */
const everywhere = [
  'autoscaling',
  'cloudwatch',
  'codedeploy',
  'ecs',
  'ecs-tasks',
  'ecs.application-autoscaling',
  'elasticache',
  'elasticloadbalancing',
  'lambda',
  'logdelivery.elasticloadbalancing',
  'ops.apigateway',
].map((service) => `${service}.amazonaws.com`);

const jsonOf = (preset: string, over: Partial<EnvironmentInput>): string =>
  JSON.stringify(synthesise(preset, over).stacks).replaceAll('\\', '');

describe.each(['us-gov-west-1', 'cn-north-1'])('in %s', (region) => {
  const { name, dnsSuffix } = partitionOf(region);

  test.each(rows)('preset %s with %j names its own partition in every ARN and host name', (preset, over) => {
    const json = jsonOf(preset, { region, ...over });
    expect([...new Set(json.match(/arn:aws[a-z-]*(?=:)/g))]).toEqual([`arn:${name}`]);
    const hosts = new Set(json.match(/[a-z0-9.-]*amazonaws\.com(?:\.cn)?/g));
    expect(hosts).toContain(`sts.${dnsSuffix}`);
    for (const host of hosts) {
      if (everywhere.includes(host)) continue;
      expect(host.slice(host.indexOf('amazonaws.com'))).toBe(dnsSuffix);
    }
  });
});
