import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, testTraffic } from '@tideline/config';
import { type Resource, type Synthesis, everyStatement, first, synthesise } from './synthesise.ts';

const blueGreen = synthesise('blue-green');
const publicBlueGreen = synthesise('load-driven', {
  release: { kind: 'blue-green' },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'requests',
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600, acrossTargetGroups: true },
      },
    ],
  },
});

/** `group:port from peer` of every rule that lets somebody in; groups by their part. */
function waysIn({ all }: Synthesis): readonly string[] {
  const named = (reference: unknown) => /aws_security_group\.groups_([a-z-]+)_/.exec(String(reference))?.[1];
  return all('aws_vpc_security_group_ingress_rule')
    .map(
      (rule) =>
        `${named(rule.security_group_id)}:${String(rule.to_port)} from ${typeof rule.cidr_ipv4 === 'string' ? rule.cidr_ipv4 : named(rule.referenced_security_group_id)}`,
    )
    .sort();
}

describe('an internal balancer', () => {
  test('is reached by the VPC link, the load runner and the test of a release alone, and nothing is open to the world but the HTTP API', () => {
    expect(waysIn(blueGreen)).toEqual([
      'alb:80 from load-runner',
      'alb:80 from vpc-link',
      'alb:8080 from load-runner',
      'alb:8080 from release-hook',
      'endpoints:443 from load-runner',
      'endpoints:443 from release-hook',
      'endpoints:443 from tasks',
      'tasks:3000 from alb',
    ]);
    expect(blueGreen.all('aws_apigatewayv2_api')).toMatchObject([{ protocol_type: 'HTTP' }]);
  });

  test('stands in private subnets', () => {
    const balancer = blueGreen.only('aws_lb');
    expect(balancer.internal).toBe(true);
    expect(balancer.subnets).toEqual([
      expect.stringContaining('network_private-a'),
      expect.stringContaining('network_private-b'),
    ]);
    expect(blueGreen.only('aws_apigatewayv2_vpc_link').subnet_ids).toHaveLength(2);
    expect(publicBlueGreen.only('aws_lb').internal).toBe(false);
  });
});

test('the test listener of a public balancer is no way in from the world', () => {
  expect(waysIn(publicBlueGreen).filter((way) => way.startsWith('alb:'))).toEqual([
    'alb:80 from 0.0.0.0/0',
    'alb:8080 from load-runner',
    'alb:8080 from release-hook',
  ]);
});

describe('the HTTP API', () => {
  test('leads every request to the listener by the VPC link, and logs it as JSON', () => {
    expect(blueGreen.only('aws_apigatewayv2_integration')).toMatchObject({
      integration_type: 'HTTP_PROXY',
      connection_type: 'VPC_LINK',
      payload_format_version: '1.0',
      integration_uri: expect.stringContaining('aws_lb_listener') as unknown,
    });
    expect(blueGreen.only('aws_apigatewayv2_route').route_key).toBe('$default');
    const stage = blueGreen.only('aws_apigatewayv2_stage');
    expect(stage.auto_deploy).toBe(true);
    const { format } = stage.access_log_settings as { readonly format: string };
    expect(JSON.parse(format)).toMatchObject({ status: '$context.status', path: '$context.path' });
  });

  test('lets pages of other origins in only when it is asked to', () => {
    expect(blueGreen.only('aws_apigatewayv2_api')).not.toHaveProperty('cors_configuration');
    const cors: EnvironmentInput['ingress'] = {
      kind: 'api-gateway',
      cors: { allowOrigins: ['https://example.com'], allowHeaders: ['content-type'], maxAgeSeconds: 60 },
    };
    expect(synthesise('blue-green', { ingress: cors }).only('aws_apigatewayv2_api')).toMatchObject({
      cors_configuration: {
        allow_origins: ['https://example.com'],
        allow_methods: ['GET'],
        allow_headers: ['content-type'],
        max_age: 60,
      },
    });
  });
});

describe('a service that CodeDeploy releases', () => {
  const service = blueGreen.only('aws_ecs_service');

  test('keeps what CodeDeploy gave it, and has nothing of rolling deployments', () => {
    expect(service.deployment_controller).toEqual({ type: 'CODE_DEPLOY' });
    expect(service.lifecycle).toMatchObject({
      ignore_changes: ['task_definition', 'load_balancer', 'desired_count'],
    });
    for (const rolling of [
      'deployment_minimum_healthy_percent',
      'deployment_maximum_percent',
      'deployment_circuit_breaker',
    ])
      expect(service).not.toHaveProperty(rolling);
  });

  test('waits for both listeners, whose actions no deploy moves back', () => {
    expect(service.depends_on).toHaveLength(2);
    for (const { lifecycle } of blueGreen.all('aws_lb_listener'))
      expect(lifecycle).toMatchObject({ ignore_changes: ['default_action'] });
    expect(synthesise('load-driven').only('aws_lb_listener').lifecycle).not.toHaveProperty('ignore_changes');
  });

  test('is rolled back by itself when a release fails, or an alarm fires', () => {
    const group = blueGreen.only('aws_codedeploy_deployment_group');
    expect(group.auto_rollback_configuration).toEqual({
      enabled: true,
      events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
    });
    expect((group.alarm_configuration as Resource).alarms).toHaveLength(2);
  });

  test('alarms watch either target group by itself, and what the balancer answers in their stead', () => {
    const [alarm] = blueGreen
      .all('aws_cloudwatch_metric_alarm')
      .filter(({ alarm_name }) => alarm_name === 'tideline-dev-api-release-errors');
    const queries = alarm?.metric_query as readonly {
      readonly id: string;
      readonly expression?: string;
      readonly metric?: Resource;
    }[];
    expect(queries.map(({ expression }) => expression).filter(Boolean)).toEqual([
      '100 * FILL(errors0, 0) / FILL(requests0, 1)',
      '100 * FILL(errors1, 0) / FILL(requests1, 1)',
      '100 * FILL(unanswered, 0) / (FILL(requests0, 1) + FILL(requests1, 1))',
      'MAX([share0, share1, share2])',
    ]);
    // CloudWatch knows the balancer’s own errors by the balancer, and by no target group.
    const unanswered = queries.find(({ id }) => id === 'unanswered')?.metric;
    expect(unanswered?.metric_name).toBe('HTTPCode_ELB_5XX_Count');
    expect(Object.keys(unanswered?.dimensions as Resource)).toEqual(['LoadBalancer']);
  });

  test('CodeDeploy may touch this service, its listeners and its roles alone', () => {
    const statements = everyStatement(blueGreen).filter(
      ({ type, statement }) =>
        type === 'aws_iam_role_policy' && ['TaskSets', 'Listeners', 'HandOn'].includes(statement.Sid),
    );
    expect(statements.map(({ statement }) => statement.Resource)).toEqual([
      [
        'arn:aws:ecs:us-east-1:123456789012:service/tideline-dev/tideline-dev-api',
        'arn:aws:ecs:us-east-1:123456789012:task-set/tideline-dev/tideline-dev-api/*',
      ],
      [
        'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/tideline-dev-alb/*',
        'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/tideline-dev-alb/*',
      ],
      [
        'arn:aws:iam::123456789012:role/tideline-dev-api-execution',
        'arn:aws:iam::123456789012:role/tideline-dev-api-task',
      ],
    ]);
    const [role] = blueGreen
      .all('aws_iam_role')
      .filter(({ assume_role_policy }) => String(assume_role_policy).includes('codedeploy'));
    expect(role?.permissions_boundary).toBe('arn:aws:iam::123456789012:policy/tideline-dev-boundary');
  });
});

describe('the function that tests a release', () => {
  const settingsOf = (synthesis: Synthesis) => {
    const { variables } = synthesis.only('aws_lambda_function').environment as {
      readonly variables: Readonly<Record<string, string>>;
    };
    return JSON.parse(variables.RELEASE_HOOK ?? '') as unknown;
  };
  const ownStatements = (synthesis: Synthesis) =>
    everyStatement(synthesis)
      .filter(({ at }) => at.startsWith('aws_iam_role_policy.release-hook'))
      .map(({ statement }) => statement);

  test('runs the bundle in private subnets, in a group that the test listener lets in', () => {
    expect(blueGreen.only('aws_lambda_function')).toMatchObject({
      function_name: 'tideline-dev-api-release-hook',
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'main.handler',
      filename: expect.stringMatching(/^assets\/.+\.zip$/) as unknown,
      source_code_hash: expect.stringMatching(/^\$\{filebase64sha256\("assets\//) as unknown,
      logging_config: { log_group: expect.stringContaining('release-hook_log') as unknown },
      vpc_config: {
        subnet_ids: [
          expect.stringContaining('network_private-a'),
          expect.stringContaining('network_private-b'),
        ],
        security_group_ids: [expect.stringContaining('groups_release-hook')],
      },
    });
    const log = blueGreen
      .all('aws_cloudwatch_log_group')
      .find(({ name }) => name === '/aws/lambda/tideline-dev-api-release-hook');
    expect(log?.retention_in_days).toBe(blueGreen.environment.observability.logRetentionDays);
  });

  test('asks what the twin asks, and outlives its slowest test with time to report', () => {
    expect(settingsOf(blueGreen)).toMatchObject({
      listener: { host: expect.stringContaining('aws_lb.') as unknown, port: 8080 },
      interfaces: null,
      traffic: testTraffic(blueGreen.environment),
    });
    // 10 requests of 5 s, a second behind each, and a minute.
    expect(blueGreen.only('aws_lambda_function').timeout).toBe(120);
  });

  test('finds the private addresses of a public balancer, whose name leads to public ones', () => {
    expect(settingsOf(publicBlueGreen)).toMatchObject({
      interfaces: expect.stringMatching(/^ELB \$\{aws_lb\..+arn_suffix\}$/) as unknown,
    });
    const [denied] = ownStatements(publicBlueGreen).filter(({ Effect }) => Effect === 'Deny');
    expect(denied?.Action).not.toContain('ec2:DescribeNetworkInterfaces');
  });

  test('may report on deployments of this one group and write its own log; the rest is Lambda’s, and its code is denied it', () => {
    const statements = ownStatements(blueGreen);
    expect(statements.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([
      ['ReportRelease', 'Allow'],
      ['LogHook', 'Allow'],
      ['AttachHook', 'Allow'],
      ['NotByHook', 'Deny'],
    ]);
    const [report, , attach, denied] = statements;
    expect(report).toMatchObject({
      Action: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
      Resource: 'arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:tideline-dev-api/tideline-dev-api',
    });
    expect(denied?.Action).toEqual(attach?.Action);
    expect(denied?.Condition).toEqual({
      ArnEquals: {
        'lambda:SourceFunctionArn':
          'arn:aws:lambda:us-east-1:123456789012:function:tideline-dev-api-release-hook',
      },
    });
    const [role] = blueGreen
      .all('aws_iam_role')
      .filter(({ assume_role_policy }) => String(assume_role_policy).includes('lambda'));
    expect(role?.permissions_boundary).toBe('arn:aws:iam::123456789012:policy/tideline-dev-boundary');
  });

  test('is called by CodeDeploy, reports its own failures to the topic, and is an output for the AppSpec', () => {
    const invoke = everyStatement(blueGreen).filter(
      ({ type, statement }) => type === 'aws_iam_role_policy' && statement.Sid === 'TestRelease',
    );
    expect(invoke.map(({ statement }) => [statement.Action, statement.Resource])).toEqual([
      [
        ['lambda:InvokeFunction'],
        'arn:aws:lambda:us-east-1:123456789012:function:tideline-dev-api-release-hook',
      ],
    ]);
    const alarm = blueGreen
      .all('aws_cloudwatch_metric_alarm')
      .find(({ alarm_name }) => alarm_name === 'tideline-dev-api-release-hook');
    expect(alarm).toMatchObject({
      namespace: 'AWS/Lambda',
      metric_name: 'Errors',
      dimensions: { FunctionName: 'tideline-dev-api-release-hook' },
      alarm_actions: [expect.stringContaining('aws_sns_topic')],
    });
    expect(String(blueGreen.stacks.service.output.releaseHookArn?.value)).toContain('aws_lambda_function');
  });

  test('does not exist where it is switched off, nor its way to CodeDeploy', () => {
    const without = synthesise('blue-green', {
      release: { kind: 'blue-green', testTraffic: { enabled: false } },
    });
    for (const type of ['aws_lambda_function', 'aws_iam_role', 'aws_security_group', 'aws_vpc_endpoint'])
      expect(JSON.stringify(without.all(type))).not.toMatch(/release-hook|\.codedeploy"/);
    expect(JSON.stringify(blueGreen.all('aws_vpc_endpoint'))).toContain('.codedeploy"');
  });
});

describe('scaling of a service that CodeDeploy releases', () => {
  test('adds up the requests of both target groups, of which the idle one has none', () => {
    const { target_tracking_scaling_policy_configuration: configuration } =
      publicBlueGreen.only('aws_appautoscaling_policy');
    const { metrics } = (configuration as Resource).customized_metric_specification as {
      readonly metrics: readonly Resource[];
    };
    expect(configuration).toMatchObject({ target_value: 600 });
    expect(configuration).not.toHaveProperty('predefined_metric_specification');
    expect(metrics.map(({ id, expression, return_data }) => [id, expression, return_data])).toEqual([
      ['m1', undefined, false],
      ['m2', undefined, false],
      ['total', 'SUM([m1, m2])', true],
    ]);
    const watched = metrics.slice(0, 2).map((metric) => JSON.stringify(metric.metric_stat));
    expect(watched[0]).toContain('load-balancer_targets_');
    expect(watched[1]).toContain('load-balancer_green-targets_');
  });
});

test('stress routes have a token that AWS makes up, where the description names none', () => {
  const [secret] = blueGreen.all('aws_secretsmanager_secret');
  expect(secret?.name).toBe('tideline/dev/stress-token');
  const [app] = blueGreen.all('aws_ecs_task_definition');
  const [container] = JSON.parse(String(app?.container_definitions)) as {
    readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  }[];
  expect(container?.secrets).toEqual([
    {
      name: 'STRESS_TOKEN',
      valueFrom: expect.stringContaining('aws_secretsmanager_secret_version') as unknown,
    },
  ]);
});

test('the preset adds a task at 50 % and takes one away at 20 %, each after 60 s', () => {
  const moves = blueGreen
    .all('aws_appautoscaling_policy')
    .map(({ name, step_scaling_policy_configuration }) => {
      const { cooldown, step_adjustment } = first(step_scaling_policy_configuration);
      return [name, first(step_adjustment).scaling_adjustment, cooldown];
    });
  expect(moves).toEqual([
    ['cpu-high', 1, 60],
    ['cpu-low', -1, 60],
  ]);
});

describe('the shift', () => {
  const shifting = (
    shift: NonNullable<Extract<EnvironmentInput['release'], { kind: 'blue-green' }>>['shift'],
  ) => synthesise('blue-green', { release: { kind: 'blue-green', shift } });

  test.each([
    [{ kind: 'all-at-once' }, 'ECSAllAtOnce'],
    [{ kind: 'canary' }, 'ECSCanary10Percent5Minutes'],
    [{ kind: 'canary', intervalMinutes: 15 }, 'ECSCanary10Percent15Minutes'],
    [{ kind: 'linear' }, 'ECSLinear10PercentEvery1Minutes'],
    [{ kind: 'linear', intervalMinutes: 3 }, 'ECSLinear10PercentEvery3Minutes'],
  ] as const)('of %j is one that AWS has', (shift, name) => {
    const synthesis = shifting(shift);
    expect(synthesis.only('aws_codedeploy_deployment_group').deployment_config_name).toBe(
      `CodeDeployDefault.${name}`,
    );
    expect(synthesis.all('aws_codedeploy_deployment_config')).toEqual([]);
  });

  test.each([
    [
      { kind: 'canary', percent: 25, intervalMinutes: 2 },
      'tideline-dev-api-canary-25-percent-2-minutes',
      { type: 'TimeBasedCanary', time_based_canary: { percentage: 25, interval: 2 } },
    ],
    [
      { kind: 'linear', percent: 20, intervalMinutes: 1 },
      'tideline-dev-api-linear-20-percent-1-minutes',
      { type: 'TimeBasedLinear', time_based_linear: { percentage: 20, interval: 1 } },
    ],
  ] as const)('of %j is made, under a name with its numbers', (shift, name, routing) => {
    expect(shifting(shift).only('aws_codedeploy_deployment_config')).toMatchObject({
      deployment_config_name: name,
      compute_platform: 'ECS',
      traffic_routing_config: routing,
      lifecycle: { create_before_destroy: true },
    });
  });
});
