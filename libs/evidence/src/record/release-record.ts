import * as z from 'zod';
import { checkSchema, notJudgedSchema } from './run-record.ts';

const seconds = z.number().min(0);
const count = z.int().min(0);
const traffic = z.object({
  requests: count.describe('Requests of clients that went to the version.'),
  failed: count.describe('Of which answers of 5xx, answers that broke off, and none at all.'),
});
const byVersion = z.record(z.string(), traffic).describe('By version.');

/** What became of one version’s requests. */
export type VersionTraffic = z.infer<typeof traffic>;

/** A stretch of a release with the same weights. */
const releaseIntervalSchema = z.object({
  fromCloudSeconds: seconds,
  toCloudSeconds: seconds,
  percent: z.number().min(0).max(100).describe('Share of the traffic that the new version was to get.'),
  traffic: byVersion,
});
export type ReleaseInterval = z.infer<typeof releaseIntervalSchema>;

export const releaseRecordVersion = 1;

/** What a release under load came to: the document that `twin release` writes. */
export const releaseRecordSchema = z.object({
  releaseRecordVersion: z.literal(releaseRecordVersion),
  preset: z.string(),
  startedAt: z.iso.datetime(),
  speed: z.number().positive().describe('Cloud seconds per wall second.'),
  shift: z.enum(['all-at-once', 'canary', 'linear']),
  fault: z
    .enum(['none', 'never-healthy', 'errors-10', 'resets-10', 'slow'])
    .describe('What the new version does wrong.'),
  deployment: z.object({
    id: z.string(),
    status: z.enum(['Created', 'InProgress', 'Ready', 'Succeeded', 'Failed', 'Stopped']),
    fromVersion: z.string(),
    toVersion: z.string(),
    startedAtCloudSeconds: seconds,
    endedAtCloudSeconds: seconds.nullable().describe('Null when it was interrupted.'),
    events: z.array(z.object({ name: z.string(), status: z.string(), cloudSeconds: seconds })),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
  intervals: z
    .array(releaseIntervalSchema)
    .describe('From the start of the deployment to the end of the load.'),
  clients: z.object({
    requestsPerSecond: z.number().positive().describe('Rate asked for.'),
    requests: count,
    failed: count.describe('Answers other than 2xx, and requests without an answer.'),
    byOutcome: z.record(z.string(), count).describe('By status, or by error code where there was none.'),
  }),
  checks: z.array(checkSchema),
  notJudged: z
    .array(notJudgedSchema)
    .optional()
    .describe('Shares that have too few requests to be judged: neither passed nor failed.'),
  passed: z.boolean(),
});
export type ReleaseRecord = z.infer<typeof releaseRecordSchema>;
export type UnjudgedRelease = Omit<ReleaseRecord, 'checks' | 'notJudged' | 'passed'>;
