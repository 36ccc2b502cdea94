import { get } from 'node:http';
import { hostname } from 'node:os';
import * as z from 'zod';
import type { Config } from './config.ts';

/** Who answers: shown by `/host` and written on log lines. */
export interface TaskIdentity {
  readonly taskId: string;
  readonly availabilityZone: string;
  readonly hostName: string;
  readonly image: string;
  readonly version: string;
}

/** Reads a URL and parses its JSON body; rejects when that takes too long or fails. */
export type ReadJson = (url: string) => Promise<unknown>;

const taskMetadata = z.object({ TaskARN: z.string(), AvailabilityZone: z.string().optional() });
const metadataTimeoutMs = 2000;

/** Plain `node:http`, because loading `fetch` costs several MiB for one request. */
const readJsonOverHttp: ReadJson = (url) =>
  new Promise((resolve, reject) => {
    const request = get(url, { signal: AbortSignal.timeout(metadataTimeoutMs) }, (response) => {
      response
        .toArray()
        .then((chunks: Buffer[]) => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown))
        .catch(reject);
    });
    request.on('error', reject);
  });

/**
 * Configuration first, then ECS task metadata (version 4, `<uri>/task`), then the host name.
 * A metadata endpoint that does not answer within 2 s must not keep the task from serving: `onUnavailable` gets the reason.
 */
export async function identifyTask(
  config: Config,
  onUnavailable: (reason: unknown) => void,
  readJson: ReadJson = readJsonOverHttp,
): Promise<TaskIdentity> {
  const complete = config.taskId !== undefined && config.availabilityZone !== undefined;
  let metadata: z.output<typeof taskMetadata> | undefined;
  if (!complete && config.taskMetadataUrl !== undefined) {
    try {
      metadata = taskMetadata.parse(await readJson(`${config.taskMetadataUrl}/task`));
    } catch (reason) {
      onUnavailable(reason);
    }
  }
  const hostName = hostname();
  return {
    taskId: config.taskId ?? metadata?.TaskARN.split('/').at(-1) ?? hostName,
    availabilityZone: config.availabilityZone ?? metadata?.AvailabilityZone ?? 'local',
    hostName,
    image: config.image,
    version: config.version,
  };
}
