import { describe, expect, test } from '@jest/globals';
import {
  type EnvironmentInput,
  type StackId,
  computeFacts,
  environmentStackIds,
  parseStackOutputs,
  presetNames,
  stackIds,
  stackNeeds,
  stateKey,
} from '@tideline/config';
import { type Resource, type Synthesis, synthesise } from './synthesise.ts';

const domainName = 'shop.example.com';
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c';
const syntheses = new Map(presetNames.map((preset) => [preset, synthesise(preset)]));
const loadDriven = syntheses.get('load-driven') ?? synthesise('load-driven');

/** Stacks whose state a stack reads. */
const readBy = ({ environment, stacks }: Synthesis, id: StackId): readonly string[] =>
  environmentStackIds(environment).filter((other) =>
    Object.values(stacks[id].data?.terraform_remote_state ?? {}).some(
      ({ config }) => (config as { readonly key: string }).key === stateKey(environment, other),
    ),
  );

test.each(stackIds)(
  'stack %s needs those whose values it reads in one preset or another, and no others',
  (id) => {
    const read = [...syntheses.values()].flatMap((synthesis) =>
      environmentStackIds(synthesis.environment).includes(id) ? readBy(synthesis, id) : [],
    );
    expect(new Set(read)).toEqual(new Set(stackNeeds[id]));
  },
);

describe.each(presetNames)('preset %s', (preset) => {
  const { environment, stacks } = syntheses.get(preset) ?? synthesise(preset);
  const ids = environmentStackIds(environment);
  const keeps = ids.includes('data');

  test('keeps the state of each stack in one bucket, locked by one table by default', () => {
    for (const id of ids)
      expect(stacks[id].terraform.backend).toEqual({
        s3: {
          bucket: 'tideline-dev-tfstate-123456789012',
          key: `tideline/dev/${id}.tfstate`,
          region: 'us-east-1',
          encrypt: true,
          dynamodb_table: 'tideline-dev-tflock',
        },
      });
  });

  test('refuses a Terraform that would write its secrets into the state', () => {
    for (const id of ids) expect(stacks[id].terraform).toMatchObject({ required_version: '>= 1.11.0' });
  });

  test('takes values of other stacks from their state, in the order of deployment', () => {
    const readers = ids.map((id) => [
      id,
      Object.values(stacks[id].data?.terraform_remote_state ?? {}).map(
        ({ config }) => (config as { readonly key: string }).key,
      ),
    ]);
    expect(Object.fromEntries(readers)).toEqual({
      state: [],
      network: [],
      registry: [],
      ...(keeps ? { data: ['tideline/dev/network.tfstate'] } : {}),
      service: expect.arrayContaining([
        'tideline/dev/network.tfstate',
        'tideline/dev/registry.tfstate',
        ...(keeps ? ['tideline/dev/data.tfstate'] : []),
      ]) as unknown,
      ...(ids.includes('ingress')
        ? { ingress: ['tideline/dev/network.tfstate', 'tideline/dev/service.tfstate'] }
        : {}),
      autoscaling: ['tideline/dev/service.tfstate'],
      // Alarms of target tracking are known by name only where Application Auto Scaling tells them.
      observability: expect.arrayContaining([
        'tideline/dev/service.tfstate',
        ...(computeFacts(environment).fleet === 'group' ? [] : ['tideline/dev/autoscaling.tfstate']),
      ]) as unknown,
    });
  });

  test('has the outputs that their schemas ask for, each with its meaning', () => {
    for (const id of ids) {
      const values = Object.fromEntries(
        Object.entries(stacks[id].output).map(([name, { value }]) => [name, { value }]),
      );
      expect(() => parseStackOutputs(id, values)).not.toThrow();
      for (const [name, { description }] of Object.entries(stacks[id].output))
        if (!name.startsWith('cross-stack')) expect(description).toMatch(/\.$/);
    }
  });

  test('lets no deploy reset the count that scaling owns', () => {
    for (const [type, count] of ownedCounts[environment.compute.kind]) {
      const [owner] = Object.values(stacks.service.resource[type] ?? {});
      expect(owner?.lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining([count]) as unknown });
    }
  });
});

/** What scaling moves, as Terraform names it. */
const tasks = ['aws_ecs_service', 'desired_count'] as const;
const instances = ['aws_autoscaling_group', 'desired_capacity'] as const;
const ownedCounts = { fargate: [tasks], 'ec2-asg': [instances], 'ecs-ec2': [tasks, instances] } as const;

describe('the service', () => {
  test('waits for the listener, since ECS refuses a target group that no listener has', () => {
    expect(loadDriven.only('aws_ecs_service').depends_on).toEqual([
      expect.stringContaining('aws_lb_listener.'),
    ]);
  });

  test('takes its images as input variables, which are what it is given, or else the tag bootstrap of its own repository', () => {
    const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/x@sha256:${'0'.repeat(64)}`;
    const facts = { image, loadRunnerImage: `${image.slice(0, -1)}1` };
    const { stacks, all } = synthesise('load-driven', {}, facts);
    expect(stacks.service.variable).toMatchObject({
      image: { default: facts.image },
      load_runner_image: { default: facts.loadRunnerImage },
    });
    expect(loadDriven.stacks.service.variable).toMatchObject({
      image: { default: '' },
      load_runner_image: { default: '' },
    });
    const containers = all('aws_ecs_task_definition').map((each) => String(each.container_definitions));
    for (const [index, variable] of ['image', 'load_runner_image'].entries()) {
      const local = /"image":"\${local\.(\w+)}"/.exec(containers[index] ?? '')?.[1] ?? 'none';
      const own = index === 0 ? 'app' : 'load-runner';
      expect(stacks.service.locals?.[local]).toMatch(
        new RegExp(`^\\$\\{coalesce\\(var\\.${variable}, .*repository${own}_\\w+}:bootstrap"\\)}$`),
      );
    }
  });

  test('redirects HTTP to HTTPS once it has a certificate', () => {
    const { all, stacks } = synthesise('load-driven', { loadBalancer: { certificateArn, domainName } });
    const listeners = all('aws_lb_listener');
    expect(listeners).toHaveLength(2);
    expect(listeners.find(({ protocol }) => protocol === 'HTTP')).toMatchObject({
      port: 80,
      default_action: [
        { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
      ],
    });
    expect(listeners.find(({ protocol }) => protocol === 'HTTPS')).toMatchObject({
      port: 443,
      certificate_arn: certificateArn,
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      default_action: [{ type: 'forward' }],
    });
    const { url, loadBalancerDnsName } = stacks.service.output;
    expect(url?.value).toBe('https://shop.example.com');
    expect(loadBalancerDnsName?.value).toMatch(/^\$\{aws_lb\.[\w-]+\.dns_name}$/);
  });

  test('says where it answers, with any port that the scheme does not imply', () => {
    const url = (listenerPort: number) =>
      synthesise('load-driven', { loadBalancer: { listenerPort } }).stacks.service.output.url?.value;
    expect(url(80)).toMatch(/^http:\/\/\$\{aws_lb\.[\w-]+\.dns_name}$/);
    expect(url(8000)).toMatch(/^http:\/\/\$\{aws_lb\.[\w-]+\.dns_name}:8000$/);
    expect(loadDriven.stacks.service.output).not.toHaveProperty('loadBalancerDnsName');
  });

  test('replaces its listener with its target group, which could not be deleted else', () => {
    expect(loadDriven.only('aws_lb_listener').lifecycle).toEqual({
      replace_triggered_by: [expect.stringMatching(/^aws_lb_target_group\.[\w-]+\.id$/)],
    });
  });
});

describe('the network', () => {
  test('has the endpoints that tasks start with, and says what they cost', () => {
    const services = (over: Partial<EnvironmentInput>) =>
      synthesise('load-driven', over)
        .all('aws_vpc_endpoint')
        .map(({ service_name, vpc_endpoint_type }) => `${String(vpc_endpoint_type)} ${String(service_name)}`)
        .sort();
    const gateways = ['Gateway com.amazonaws.us-east-1.dynamodb', 'Gateway com.amazonaws.us-east-1.s3'];
    expect(services({})).toEqual([
      ...gateways,
      'Interface com.amazonaws.us-east-1.ecr.api',
      'Interface com.amazonaws.us-east-1.ecr.dkr',
      'Interface com.amazonaws.us-east-1.logs',
    ]);
    expect(services({ network: { egress: 'nat' } })).toEqual(gateways);
    expect(loadDriven.stacks.network.output.egressPrice?.value).toMatch(/^43\.80 USD a month: 3 interface/);
  });
});

describe.each([
  ['dynamodb', { dynamodb_table: 'tideline-dev-tflock' }],
  ['s3', { use_lockfile: true }],
  ['both', { dynamodb_table: 'tideline-dev-tflock', use_lockfile: true }],
] as const)('where state.lock is %s', (lock, places) => {
  const { environment, stacks } = synthesise('load-driven', { state: { lock } });
  const place = (id: (typeof ids)[number]) => ({
    bucket: 'tideline-dev-tfstate-123456789012',
    key: `tideline/dev/${id}.tfstate`,
    region: 'us-east-1',
    encrypt: true,
  });
  const ids = environmentStackIds(environment);

  test('every stack locks its state there', () => {
    for (const id of ids) expect(stacks[id].terraform.backend).toEqual({ s3: { ...place(id), ...places } });
  });

  test('a reader of another state names no lock', () => {
    const readers = ids.flatMap((id) => Object.values(stacks[id].data?.terraform_remote_state ?? {}));
    expect(readers).not.toEqual([]);
    for (const { config } of readers)
      expect(Object.keys(config as Resource).sort()).toEqual(['bucket', 'encrypt', 'key', 'region']);
  });

  test('there is a table only where one locks; it may go where S3 locks as well', () => {
    const tables = Object.values(stacks.state.resource.aws_dynamodb_table ?? {});
    expect(tables.map((table) => table.deletion_protection_enabled)).toEqual(
      { dynamodb: [true], s3: [], both: [false] }[lock],
    );
    expect(stacks.state.output.lock?.value).toBe(lock);
    expect('lockTableName' in stacks.state.output).toBe(lock !== 's3');
  });
});

describe('the state stack', () => {
  test('locks in S3 alone until its lock table exists', () => {
    const { stacks } = synthesise(
      'load-driven',
      { state: { lock: 'both' } },
      { stateBackend: 's3-without-table' },
    );
    expect(stacks.state.terraform.backend.s3).not.toHaveProperty('dynamodb_table');
    expect(stacks.state.terraform.backend.s3).toMatchObject({ use_lockfile: true });
    expect(stacks.network.terraform.backend.s3).toHaveProperty('dynamodb_table');
  });

  test('keeps its own state in a file until its bucket exists', () => {
    const { stacks } = synthesise('load-driven', {}, { stateBackend: 'local' });
    expect(stacks.state.terraform.backend).toEqual({
      local: { path: '../../../terraform.tideline-dev-state.tfstate' },
    });
    expect(stacks.network.terraform.backend).toHaveProperty('s3');
  });

  test('gives no workflow a role when no repository is named', () => {
    const { stacks } = synthesise('load-driven', {}, { deployTrust: null });
    expect(stacks.state.resource).not.toHaveProperty('aws_iam_role');
    expect(stacks.state.output).not.toHaveProperty('deployRoleArn');
    expect(stacks.state.output).not.toHaveProperty('trustedSubjects');
  });

  test('lets go of what it holds only when told', () => {
    const guards = (isProtected: boolean) => {
      const { stacks } = synthesise('load-driven', {
        protection: { state: isProtected, images: isProtected },
      });
      const [bucket] = Object.values<Resource>(stacks.state.resource.aws_s3_bucket ?? {});
      const [table] = Object.values<Resource>(stacks.state.resource.aws_dynamodb_table ?? {});
      const [repository] = Object.values<Resource>(stacks.registry.resource.aws_ecr_repository ?? {});
      return {
        bucket: (bucket?.lifecycle as Resource | undefined)?.prevent_destroy,
        emptied: bucket?.force_destroy,
        table: [
          (table?.lifecycle as Resource | undefined)?.prevent_destroy,
          table?.deletion_protection_enabled,
        ],
        repositoryEmptied: repository?.force_delete,
      };
    };
    expect(guards(true)).toEqual({
      bucket: true,
      emptied: false,
      table: [true, true],
      repositoryEmptied: false,
    });
    expect(guards(false)).toEqual({
      bucket: false,
      emptied: true,
      table: [false, false],
      repositoryEmptied: true,
    });
  });
});

describe('an emulator', () => {
  test('changes how S3 is addressed, and nothing else', () => {
    const { stacks } = synthesise('load-driven', {}, { s3PathStyle: true });
    const plain = JSON.stringify(stacks, (key, value: unknown) =>
      key === 's3_use_path_style' || key === 'use_path_style' ? undefined : value,
    );
    expect(plain).toBe(JSON.stringify(loadDriven.stacks));
    for (const id of environmentStackIds(loadDriven.environment)) {
      expect(stacks[id].provider.aws).toMatchObject([{ s3_use_path_style: true }]);
      expect(stacks[id].terraform.backend.s3).toMatchObject({ use_path_style: true });
    }
    const [reader] = Object.values(stacks.autoscaling.data?.terraform_remote_state ?? {});
    expect(reader?.config).toMatchObject({ use_path_style: true });
  });
});

describe('options', () => {
  test('are off in the presets', () => {
    for (const preset of presetNames) {
      const { all, environment } = synthesise(preset);
      expect(all('aws_wafv2_web_acl')).toEqual([]);
      expect(all('aws_cloudfront_distribution')).toEqual([]);
      // Those of the state and of load runs are always there.
      expect(all('aws_s3_bucket')).toHaveLength(environment.files.store === 's3' ? 3 : 2);
      expect(all('aws_sns_topic_subscription')).toEqual([]);
    }
  });

  test('add access logs in a bucket of their own that forgets them', () => {
    const { stacks, only } = synthesise('load-driven', { accessLogs: { enabled: true, retentionDays: 9 } });
    expect(only('aws_lb').access_logs).toMatchObject({ enabled: true });
    expect(Object.values(stacks.service.resource.aws_s3_bucket ?? {})).toMatchObject([
      { bucket: 'tideline-dev-alb-logs-123456789012' },
      { bucket: 'tideline-dev-runs-123456789012' },
    ]);
    const lifecycle = JSON.stringify(stacks.service.resource.aws_s3_bucket_lifecycle_configuration);
    expect(lifecycle).toContain('"expiration":[{"days":9}]');
  });

  test('add a collector to the backend’s task, with a log of its own', () => {
    const { all } = synthesise('load-driven', {
      network: { egress: 'nat' },
      observability: { tracing: { enabled: true } },
    });
    const [app] = all('aws_ecs_task_definition');
    const containers = JSON.parse(String(app?.container_definitions)) as { name: string }[];
    expect(containers.map(({ name }) => name)).toEqual(['api', 'collector']);
    expect(all('aws_cloudwatch_log_group').map(({ name }) => name)).toContain('/ecs/tideline-dev-collector');
  });

  test.each(['load-driven', 'flash-sale', 'stateless-asg'] as const)(
    'run a collector beside the backend of %s, and let it put segments to X-Ray',
    (preset) => {
      const { all, stacks } = synthesise(preset, {
        network: { egress: 'nat' },
        observability: { tracing: { enabled: true } },
      });
      expect(all('aws_cloudwatch_log_group').map(({ name }) => name)).toContain(
        '/ecs/tideline-dev-collector',
      );
      const policies = JSON.stringify(stacks.service.resource.aws_iam_role_policy);
      expect(policies).toContain('xray:PutTraceSegments');
      expect(JSON.stringify(synthesise(preset, {}).stacks.service.resource)).not.toMatch(/xray|collector/);
    },
  );

  test('send alarms to an address', () => {
    const { only } = synthesise('load-driven', { observability: { alarmEmail: 'owner@example.com' } });
    expect(only('aws_sns_topic_subscription')).toMatchObject({
      protocol: 'email',
      endpoint: 'owner@example.com',
    });
  });
});
