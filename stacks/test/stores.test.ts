import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, environmentAlarms } from '@tideline/config';
import { type Resource, type Synthesis, everyStatement, first, synthesise } from './synthesise.ts';

const withSessions = (sessions: EnvironmentInput['sessions']): Synthesis =>
  synthesise('load-driven', { sessions: { store: 'redis', ...sessions } });
const group = ({ only }: Synthesis): Resource => only('aws_elasticache_replication_group');
/** In the order of their names. */
const storeAlarms = ({ all }: Synthesis): readonly Resource[] =>
  all('aws_cloudwatch_metric_alarm').filter(({ alarm_name }) => String(alarm_name).includes('-sessions-'));
const memoryAlarm = (synthesis: Synthesis): Resource | undefined =>
  storeAlarms(synthesis).find(({ alarm_name }) => alarm_name === 'tideline-dev-api-sessions-memory');

describe('sessions.engine', () => {
  test.each([
    ['redis', '7.1', 'default.redis7'],
    ['valkey', '8.0', 'default.valkey8'],
  ] as const)('%s is version %s with parameters that its deployer may use', (engine, version, parameters) => {
    const synthesis = withSessions({ engine });
    expect(group(synthesis)).toMatchObject({
      engine,
      engine_version: version,
      parameter_group_name: parameters,
      transit_encryption_enabled: true,
      at_rest_encryption_enabled: 'true',
    });
    const store = everyStatement(synthesis).find(({ statement }) => statement.Sid === 'Store');
    expect(store?.statement.Resource).toContain(
      `arn:aws:elasticache:us-east-1:123456789012:parametergroup:${parameters}`,
    );
  });

  test('is all that differs between the two', () => {
    const differing = new Set(['engine', 'engine_version', 'parameter_group_name']);
    const alike = (synthesis: Synthesis) =>
      Object.fromEntries(Object.entries(group(synthesis)).filter(([name]) => !differing.has(name)));
    expect(alike(withSessions({ engine: 'valkey' }))).toEqual(alike(withSessions({ engine: 'redis' })));
  });
});

describe('snapshots of the session store', () => {
  test('are none unless they are asked for', () => {
    expect(group(withSessions({}))).toMatchObject({ snapshot_retention_limit: 0 });
    expect(group(withSessions({}))).not.toHaveProperty('snapshot_window');
  });

  test('are kept for the days, and taken in the window, of the description', () => {
    const kept = withSessions({ snapshotRetentionDays: 7, snapshotWindow: '23:30-00:30' });
    expect(group(kept)).toMatchObject({ snapshot_retention_limit: 7, snapshot_window: '23:30-00:30' });
  });
});

describe('alarms of the session store', () => {
  const synthesis = withSessions({
    replicas: 1,
    alarms: { memoryPercent: 70, connections: 900, minutes: 3 },
  });

  test('are those of the list of alarms, and go to the topic', () => {
    const { service } = environmentAlarms(synthesis.environment);
    const listed = service.filter(({ id }) => id.startsWith('sessions-'));
    expect(storeAlarms(synthesis).map(({ alarm_name, threshold }) => [alarm_name, threshold])).toEqual(
      listed
        .map(({ name, threshold }) => [name, threshold] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
    expect(listed.map(({ id, threshold }) => [id, threshold])).toEqual([
      ['sessions-memory', 70],
      ['sessions-cpu', 90],
      ['sessions-connections', 900],
      ['sessions-evictions', 0],
      ['sessions-replication-lag', 5],
    ]);
    for (const alarm of storeAlarms(synthesis))
      expect(alarm).toMatchObject({
        evaluation_periods: 3,
        alarm_actions: [expect.stringContaining('aws_sns_topic')],
      });
  });

  test('watch the worst of the nodes, whichever is the primary', () => {
    const queries = memoryAlarm(synthesis)?.metric_query as Resource[];
    expect(queries.map(({ expression }) => expression)).toEqual([undefined, undefined, 'MAX([m1, m2])']);
    expect(queries.slice(0, 2).map(({ metric }) => first(metric).dimensions)).toEqual([
      { CacheClusterId: 'tideline-dev-sessions-001' },
      { CacheClusterId: 'tideline-dev-sessions-002' },
    ]);
  });

  test('watch one node itself, which has no replica to lag', () => {
    const single = withSessions({ replicas: 0 });
    expect(storeAlarms(single)).toHaveLength(4);
    expect(memoryAlarm(single)).toMatchObject({
      namespace: 'AWS/ElastiCache',
      metric_name: 'DatabaseMemoryUsagePercentage',
      dimensions: { CacheClusterId: 'tideline-dev-sessions-001' },
    });
  });

  test('are drawn as lines of the dashboard, over every node', () => {
    const body = String(synthesis.only('aws_cloudwatch_dashboard').dashboard_body);
    for (const title of ['memory in use, percent', 'evictions per minute', 'replication lag, seconds'])
      expect(body).toContain(`Session store, ${title}`);
    expect(body).toContain('tideline-dev-sessions-002');
    expect(String(synthesise('load-driven').only('aws_cloudwatch_dashboard').dashboard_body)).not.toContain(
      'Session store',
    );
  });
});

describe('uploaded files', () => {
  const lifecycle = (files: EnvironmentInput['files']): Resource => {
    const { stacks } = synthesise('load-driven', {
      sessions: { store: 'redis' },
      files: { store: 's3', ...files },
    });
    const [rules] = Object.values(stacks.data.resource.aws_s3_bucket_lifecycle_configuration ?? {});
    return first(rules?.rule);
  };

  test('move to Standard-IA, and are deleted in the end', () => {
    expect(lifecycle({})).toMatchObject({
      transition: [{ days: 30, storage_class: 'STANDARD_IA' }],
      expiration: [{ days: 90 }],
    });
  });

  test('move to Glacier Instant Retrieval, and stay, where the description says so', () => {
    const kept = lifecycle({ coldStorageClass: 'GLACIER_IR', coldAfterDays: 40, expireAfterDays: null });
    expect(kept).toMatchObject({ transition: [{ days: 40, storage_class: 'GLACIER_IR' }] });
    expect(kept).not.toHaveProperty('expiration');
  });
});
