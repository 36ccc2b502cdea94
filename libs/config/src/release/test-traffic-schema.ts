import * as z from 'zod';
import { testTrafficPauseSeconds } from './release-hook.ts';

/** Requests that a new version has to answer before any traffic moves to it. */
export const testTrafficSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'Whether the new tasks are asked at the test listener before traffic moves: by a Lambda function at CodeDeploy’s event AfterAllowTestTraffic, by the twin itself there. One answer that does not pass fails the release, and no client has noticed.',
      ),
    paths: z
      .array(z.string().regex(/^\/[\w\-.~!$&'()*+,;=:@%/?]*$/))
      .max(20)
      .default([])
      .describe(
        'Paths that are asked besides that of the health check, behind container.basePath, a query included. Each must be answered by a status that the health check accepts.',
      ),
    requests: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('How often each path is asked, one request after the other. Every request has to pass.'),
    responseWithinMilliseconds: z
      .int()
      .min(100)
      .max(60_000)
      .default(5000)
      .describe('How long an answer may take to begin, in wall time; a later one fails the release.'),
  })
  .prefault({});

/** A Lambda function may take 15 minutes (Lambda quotas); what is left is for its start and its report. */
export const longestHookSeconds = 840;

/** Seconds that test traffic takes at most: every answer at its limit, and a pause behind each. */
export const testTrafficSeconds = ({
  paths,
  requests,
  responseWithinMilliseconds,
}: {
  readonly paths: readonly string[];
  readonly requests: number;
  readonly responseWithinMilliseconds: number;
}): number =>
  (paths.length + 1) * requests * (Math.ceil(responseWithinMilliseconds / 1000) + testTrafficPauseSeconds);
