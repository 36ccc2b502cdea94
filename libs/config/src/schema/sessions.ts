import * as z from 'zod';
import { wholeSeconds } from './fields.ts';

/** Where sessions live: outside the tasks, so that any of them can serve any request. */
export const sessionsSchema = z.strictObject({
  store: z
    .enum(['none', 'redis'])
    .default('none')
    .describe(
      'redis: an ElastiCache replication group at AWS; on one machine a redis-server where one is found, else an embedded store.',
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
    .describe(
      'Days after which a file moves to a colder storage class (S3 Standard-IA takes none before 30).',
    ),
  expireAfterDays: z
    .int()
    .min(31)
    .max(3650)
    .default(90)
    .describe(
      'Longest life of a file: days after which S3 deletes it, whether its session is still used or not. Above coldAfterDays. Nothing else deletes files of sessions that nobody used until they were over.',
    ),
});
