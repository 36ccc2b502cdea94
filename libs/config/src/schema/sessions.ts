import * as z from 'zod';
import { wholeSeconds } from './fields.ts';

/** When the session store calls for attention. */
const alarmsSchema = z.strictObject({
  memoryPercent: z
    .number()
    .positive()
    .max(100)
    .default(80)
    .describe(
      'Memory of a node in use above which to alarm; a full one ends the sessions used least lately.',
    ),
  engineCpuPercent: z
    .number()
    .positive()
    .max(100)
    .default(90)
    .describe('Use of the one thread that runs commands, on any node, above which to alarm.'),
  connections: z
    .int()
    .min(1)
    .max(65_000)
    .default(50_000)
    .describe('Connections of a node above which to alarm; a node takes 65,000.'),
  evictionsPerMinute: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe('Sessions that a node ends for want of memory, above which to alarm.'),
  replicationLagSeconds: z
    .number()
    .positive()
    .max(3600)
    .default(5)
    .describe(
      'How far a replica is behind the primary, which is what a failover loses, above which to alarm.',
    ),
  minutes: z.int().min(1).max(60).default(5).describe('Minutes in a row beyond one of these.'),
});

/** Where sessions live: outside the tasks, so that any of them can serve any request. */
export const sessionsSchema = z.strictObject({
  store: z
    .enum(['none', 'redis'])
    .default('none')
    .describe(
      'redis: an ElastiCache replication group at AWS; on one machine a redis-server where one is found, else an embedded store.',
    ),
  engine: z
    .enum(['redis', 'valkey'])
    .default('redis')
    .describe(
      'Server of the store at AWS: Redis OSS 7.1, or Valkey 8.0, which speaks the same protocol and costs a fifth less. From redis to valkey is an upgrade in place; back replaces the store and ends every session. One machine prefers this server, and takes the other one.',
    ),
  nodeType: z
    .string()
    .regex(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, 'must be a cache node type such as cache.t3.micro')
    .default('cache.t3.micro')
    .describe('ElastiCache node type of the primary and of each replica.'),
  replicas: z
    .int()
    .min(0)
    .max(5)
    .default(1)
    .describe('Read replicas; one or more makes the group Multi-AZ with automatic failover.'),
  snapshotRetentionDays: z
    .int()
    .min(0)
    .max(35)
    .default(0)
    .describe(
      'Days that the daily snapshot of the store is kept at AWS, for a new store to begin with; 0 takes none.',
    ),
  snapshotWindow: z
    .string()
    .regex(
      /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
      'must be two times of a day in UTC, such as 03:00-04:00',
    )
    .nullable()
    .default(null)
    .describe('When the snapshot begins, at least an hour, in UTC; null leaves it to AWS.'),
  alarms: alarmsSchema.prefault({}),
  idleSeconds: wholeSeconds(60, 2_592_000)
    .default(1800)
    .describe('Time without a request after which a session ends; each request starts it anew.'),
});

/** Where uploaded files live. */
export const filesSchema = z.strictObject({
  store: z
    .enum(['none', 's3'])
    .default('none')
    .describe('s3: a private bucket at AWS; on one machine a folder that all tasks share.'),
  maximumFileMiB: z.int().min(1).max(100).default(10).describe('Largest file that may be uploaded.'),
  coldAfterDays: z
    .int()
    .min(30)
    .max(3650)
    .default(30)
    .describe('Days after which a file moves to coldStorageClass (S3 Standard-IA takes none before 30).'),
  coldStorageClass: z
    .enum(['STANDARD_IA', 'GLACIER_IR'])
    .default('STANDARD_IA')
    .describe(
      'Colder storage class: Standard-IA, billed for 30 days at least, or Glacier Instant Retrieval, which stores for less, reads for more, and is billed for 90. Both answer at once; the other Glacier classes would not, and a download waits for no restore.',
    ),
  expireAfterDays: z
    .int()
    .min(31)
    .max(3650)
    .nullable()
    .default(90)
    .describe(
      'Longest life of a file: days after which S3 deletes it, whether its session is still used or not. Above coldAfterDays. null keeps files for good, those of sessions that nobody used until they were over among them.',
    ),
});
