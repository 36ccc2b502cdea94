import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { environment as resolved } from '../../../test/synthesise.ts';
import { launchHookName } from './launch-hook.ts';
import { userData } from './user-data.ts';

const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/api@sha256:${'0'.repeat(64)}`;
const props = {
  environment: resolved({
    compute: { kind: 'ec2-asg', instanceType: 't3.micro', hostPort: 8080 },
    container: { port: 3000, stopTimeoutSeconds: 40 },
  }),
  image,
  registry: '123456789012.dkr.ecr.us-east-1.amazonaws.com',
  logGroup: '/ecs/tideline-dev-api',
  collectorLogGroup: null,
  parameter: '/tideline/dev/api:3',
  secrets: { SESSION_KEYS: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:keys-AbCdEf' },
};
const script = userData(props);

describe('user data', () => {
  test('runs the image by its digest, as nobody, on a file system that it cannot write', () => {
    expect(script).toContain(`image='${image}'`);
    const run = /exec docker run[\s\S]*?"\$image"/.exec(script)?.[0];
    for (const option of [
      '--publish 8080:3000',
      '--user 1000:1000',
      '--read-only',
      '--cap-drop ALL',
      '--security-opt no-new-privileges',
      '--stop-timeout 40',
      '--log-driver awslogs',
      "awslogs-group='/ecs/tideline-dev-api'",
    ])
      expect(run).toContain(option);
  });

  test('reads configuration in one version, and secrets by their names, into a folder of tmpfs that root alone reads', () => {
    expect(script).toContain("aws ssm get-parameter --name '/tideline/dev/api:3'");
    expect(script).toContain(`secret SESSION_KEYS '${props.secrets.SESSION_KEYS}'`);
    expect(script).toContain('> /run/backend/environment');
    expect(script).toContain('RuntimeDirectory=backend\nRuntimeDirectoryMode=0700');
    expect(script).toContain('umask 077');
    expect(script).toContain('DOCKER_CONFIG=/run/backend/docker');
  });

  test('asks for no secret when there is none', () => {
    expect(userData({ ...props, secrets: {} })).not.toContain('secret');
  });

  test('asks the metadata by version 2 alone', () => {
    const asked = script.split('\n').filter((line) => line.includes('$metadata_url/'));
    expect(asked).toHaveLength(2);
    expect(script).toContain("--request PUT \\\n  --header 'X-aws-ec2-metadata-token-ttl-seconds: 60'");
    expect(script).toContain('--header "X-aws-ec2-metadata-token: $token"');
  });

  test('starts the backend at every boot, and again whenever it ends', () => {
    expect(script).toContain('Restart=always\nRestartSec=5\n');
    expect(script).toContain('WantedBy=multi-user.target');
    expect(script).toContain('docker stop --time 40 backend');
    expect(script).toContain('systemctl enable --now docker.service backend.service');
  });

  test('says nothing to the group where it has no warm pool', () => {
    expect(script).not.toContain('lifecycle');
  });

  test('tells a group with a warm pool when the backend answers, at every boot and in every state of the pool', () => {
    const compute = { kind: 'ec2-asg', hostPort: 8080, warmPool: {} } as const;
    const hooked = userData({ ...props, environment: resolved({ compute }) });
    expect(hooked).toContain('systemctl enable --now docker.service backend.service lifecycle.service');
    expect(hooked).toContain("'http://127.0.0.1:8080/health'");
    expect(hooked).toContain(`--lifecycle-hook-name '${launchHookName}'`);
    for (const state of ['Stopped', 'Running', 'Hibernated']) expect(hooked).toContain(`Warmed:${state}`);
    expect(hooked).not.toMatch(/\$\{|%\{/);
    expect(hooked.length).toBeLessThan(8192);
  });

  test('holds nothing that Terraform would take for its own', () => {
    expect(script).not.toMatch(/\$\{|%\{/);
  });

  test('fits where EC2 takes 16 KiB', () => {
    expect(script.length).toBeLessThan(8192);
  });
});

describe('user data of instances that trace', () => {
  const collectorImage = '123456789012.dkr.ecr.us-east-1.amazonaws.com/collector:1';
  const traced = userData({
    ...props,
    environment: resolved({
      compute: { kind: 'ec2-asg', instanceType: 't3.micro' },
      observability: { tracing: { enabled: true, collectorImage } },
    }),
    collectorLogGroup: '/ecs/tideline-dev-collector',
  });

  test('runs the collector as a unit of its own, confined and in its share of the instance', () => {
    expect(traced).toContain('systemctl enable --now docker.service backend.service collector.service');
    const run = /exec docker run --rm --name collector[\s\S]*?RUN/.exec(traced)?.[0];
    for (const option of [
      '--network host',
      '--cpus 0.03125 --memory 128m',
      '--user 1000:1000 --read-only --cap-drop ALL --security-opt no-new-privileges',
      "awslogs-group='/ecs/tideline-dev-collector'",
      collectorImage,
    ])
      expect(run).toContain(option);
    expect(traced).toContain("docker login --username AWS --password-stdin '123456789012.dkr.ecr");
    expect(traced).toContain('"exporters":{"awsxray":{"region":"us-east-1"}}');
  });

  test('has the backend find it by the bridge, and leaves Terraform nothing to fill in', () => {
    expect(traced).toContain('--add-host collector:host-gateway');
    expect(traced).toContain(`"endpoint":"'"$bridge"':4318"`);
    expect(traced).not.toMatch(/[$%]\{/);
  });

  test('is bash that can be read, and nothing of it is there where nothing is traced', () => {
    expect(spawnSync('bash', ['-n'], { input: traced }).status).toBe(0);
    expect(script).not.toContain('collector');
  });
});
