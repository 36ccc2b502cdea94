import { codeDeployRelease, httpApi, resourceNames } from '@tideline/config';
import { type Resource, first } from '../synthesise.ts';
import { type Row, appContainer } from './row.ts';

export const sessionRows: readonly Row[] = [
  [
    'sessions',
    ({ only }) => {
      const group = only('aws_elasticache_replication_group');
      return [
        group.node_type,
        group.num_cache_clusters,
        group.multi_az_enabled,
        group.automatic_failover_enabled,
        group.engine,
        group.snapshot_retention_limit,
        group.snapshot_window ?? null,
      ];
    },
    ({ environment: { sessions } }) => [
      sessions.nodeType,
      1 + sessions.replicas,
      sessions.replicas > 0,
      sessions.replicas > 0,
      sessions.engine,
      sessions.snapshotRetentionDays,
      sessions.snapshotWindow,
    ],
  ],
];

export const fileRows: readonly Row[] = [
  [
    'files.coldAfterDays and coldStorageClass',
    ({ stacks }) =>
      /"transition":\[\{"days":(\d+),"storage_class":"(\w+)"\}\]/.exec(JSON.stringify(stacks.data))?.slice(1),
    ({ environment: { files } }) => [String(files.coldAfterDays), files.coldStorageClass],
  ],
  [
    'files.expireAfterDays',
    ({ stacks }) => /"expiration":\[\{"days":(\d+)\}\]/.exec(JSON.stringify(stacks.data))?.[1],
    ({ environment }) => String(environment.files.expireAfterDays),
  ],
  [
    'protection.files',
    ({ stacks }) => Object.values<Resource>(stacks.data.resource.aws_s3_bucket ?? {})[0]?.force_destroy,
    ({ environment }) => !environment.protection.files,
  ],
];

export const storefrontRows: readonly Row[] = [
  [
    'storefront',
    (synthesis) =>
      Object.fromEntries(
        (appContainer(synthesis).environment as { readonly name: string; readonly value: string }[])
          .filter(({ name }) => name.startsWith('STOREFRONT'))
          .map(({ name, value }) => [name, value]),
      ),
    ({ environment: { storefront } }) => ({
      STOREFRONT: 'on',
      STOREFRONT_HEADLINE: storefront.headline,
      STOREFRONT_OFFER: storefront.offer,
      STOREFRONT_PRODUCT: storefront.product,
      STOREFRONT_PRICE_CENTS: String(storefront.priceCents),
      STOREFRONT_STOCK: String(storefront.stock),
      STOREFRONT_MAXIMUM_PER_CART: String(storefront.maximumPerCart),
      STOREFRONT_SALE_SECONDS: String(storefront.saleSeconds),
    }),
  ],
];

/** Where ECS replaces the tasks of a service itself. */
export const rollingRows: readonly Row[] = [
  [
    'deployment',
    ({ only }) => {
      const service = only('aws_ecs_service');
      return [
        service.deployment_minimum_healthy_percent,
        service.deployment_maximum_percent,
        service.deployment_circuit_breaker,
        service.availability_zone_rebalancing,
      ];
    },
    ({ environment: { deployment } }) => [
      deployment.minimumHealthyPercent,
      deployment.maximumPercent,
      { enable: deployment.circuitBreaker.enabled, rollback: deployment.circuitBreaker.rollback },
      deployment.availabilityZoneRebalancing ? 'ENABLED' : 'DISABLED',
    ],
  ],
];

export const httpApiRows: readonly Row[] = [
  [
    'ingress.stage, of the stage and of the base path',
    ({ only, stacks }) => [
      only('aws_apigatewayv2_stage').name,
      String(stacks.ingress.output.url?.value).split('}').at(-1),
    ],
    ({ environment }) => [httpApi(environment)?.stage, environment.container.basePath],
  ],
  [
    'ingress.throttling',
    ({ only }) => first(only('aws_apigatewayv2_stage').default_route_settings),
    ({ environment }) => ({
      throttling_burst_limit: httpApi(environment)?.throttling.burstLimit,
      throttling_rate_limit: httpApi(environment)?.throttling.rateLimitPerSecond,
      detailed_metrics_enabled: false,
    }),
  ],
  [
    'ingress.timeoutSeconds',
    ({ only }) => only('aws_apigatewayv2_integration').timeout_milliseconds,
    ({ environment }) => Number(httpApi(environment)?.timeoutSeconds) * 1000,
  ],
];

export const codeDeployRows: readonly Row[] = [
  [
    'both target groups, alike but for their names',
    ({ all }) => {
      const [blue = {}, green] = all('aws_lb_target_group');
      return { ...green, name: blue.name, '//': blue['//'] };
    },
    ({ all }) => all('aws_lb_target_group')[0],
  ],
  [
    'release.terminationWaitMinutes',
    ({ only }) => {
      const { blue_green_deployment_config } = only('aws_codedeploy_deployment_group');
      return first(first(blue_green_deployment_config).terminate_blue_instances_on_deployment_success);
    },
    ({ environment }) => ({
      action: 'TERMINATE',
      termination_wait_time_in_minutes: codeDeployRelease(environment)?.terminationWaitMinutes,
    }),
  ],
  [
    'release.rollbackOnAlarm',
    ({ all, environment }) => {
      const { alarms } = resourceNames(environment);
      const alarm = (name: string) =>
        all('aws_cloudwatch_metric_alarm').find(({ alarm_name }) => alarm_name === name);
      const [errors, latency] = [alarm(alarms.releaseErrors), alarm(alarms.releaseLatency)];
      return [
        errors?.threshold,
        latency?.threshold,
        errors?.evaluation_periods,
        latency?.datapoints_to_alarm,
      ];
    },
    ({ environment }) => {
      const { errorRatePercent, p99Milliseconds, evaluationPeriods } =
        codeDeployRelease(environment)?.rollbackOnAlarm ?? {};
      return [errorRatePercent, Number(p99Milliseconds) / 1000, evaluationPeriods, evaluationPeriods];
    },
  ],
];
