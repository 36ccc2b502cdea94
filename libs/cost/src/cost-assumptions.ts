import { ConfigurationError, type Problem, suggestName } from '@tideline/config';
import * as z from 'zod';

const amount = (byDefault: number, meaning: string) =>
  z.number().min(0).max(1e12).default(byDefault).describe(meaning);

/** What the bill depends on and no description says. Each can be set; docs/reference/cost.md lists them. */
export const costAssumptionsSchema = z.strictObject({
  answerBytes: amount(1000, 'Bytes sent to a client per request, headers and TLS included.'),
  requestBytes: amount(500, 'Bytes received from a client per request.'),
  requestsPerConnection: amount(20, 'Requests that a client sends over one connection; 0 counts as 1.'),
  connectionSeconds: amount(60, 'How long a client’s connection stays open.'),
  logBytesPerRequest: amount(330, 'Bytes of the access-log line of a request, and of a health check.'),
  logCompression: amount(0.15, 'Stored size of logs over their size on arrival.'),
  httpApiLogBytesPerRequest: amount(500, 'Bytes of the line of a request in an HTTP API’s access log.'),
  accessLogBytesPerRequest: amount(
    100,
    'Compressed bytes of a request in the access log of the balancer, and in that of CloudFront.',
  ),
  firewallLogBytesPerRequest: amount(1500, 'Bytes of a request in the log of the web ACL, with waf.log all.'),
  rejectedFlowGigabytes: amount(
    0.5,
    'Gigabytes a month of flow log records of refused traffic, most of it scans of the balancer’s addresses.',
  ),
  flowLogBytesPerRequest: amount(
    30,
    'Bytes of flow log records per request, where network.flowLogs.traffic is ALL.',
  ),
  keyRequestsPerMonth: amount(20_000, 'Requests to the environment’s own KMS keys.'),
  insightsMetrics: amount(25, 'Metrics of Container Insights for a cluster, a task family and a service.'),
  insightsBytesPerTaskHour: amount(130_000, 'Bytes of performance logs of Container Insights per task.'),
  sessionBytesPerRequest: amount(2000, 'Bytes between the app and the session store per request.'),
  sessionsGigabytes: amount(0.1, 'Size of all sessions at one time, and of a snapshot of them.'),
  uploadsGigabytes: amount(20, 'Uploaded files younger than files.coldAfterDays.'),
  coldUploadsGigabytes: amount(40, 'Uploaded files in the colder storage class.'),
  uploadsPerThousandRequests: amount(1, 'Requests of a thousand that upload a file; as many download one.'),
  imageGigabytes: amount(2, 'Size of all images in both repositories.'),
  stateGigabytes: amount(0.01, 'Size of the Terraform states, older versions included.'),
  deploymentsPerMonth: amount(20, 'Deployments, each of which locks every stack’s state and reads it.'),
  loadTestHoursPerMonth: amount(2, 'Hours of the load runner’s task; none at minimum.'),
  notificationsPerMonth: amount(
    100,
    'E-mails about alarms and scaling activities, where an address is given.',
  ),
});

export type CostAssumptions = Readonly<z.output<typeof costAssumptionsSchema>>;
export type CostAssumptionName = keyof CostAssumptions;

export const costAssumptionNames = Object.keys(costAssumptionsSchema.shape) as CostAssumptionName[];

/** Every assumption at its default. */
export const defaultCostAssumptions: CostAssumptions = Object.freeze(costAssumptionsSchema.parse({}));

/**
 * Reads assumptions written as `answerBytes=2000`; those not named keep their default.
 * @throws ConfigurationError for an unknown name and for what is no number from 0 up
 */
export function readCostAssumptions(assignments: readonly string[]): CostAssumptions {
  const problems: Problem[] = [];
  const given: Record<string, number> = {};
  for (const assignment of assignments) {
    const [name = '', ...rest] = assignment.split('=');
    const text = rest.join('=').trim();
    const value = Number(text);
    if (!Object.hasOwn(costAssumptionsSchema.shape, name))
      problems.push({
        code: 'TL-CONFIG-UNKNOWN-FIELD',
        path: '--assume',
        message: `got ${JSON.stringify(assignment)}; there is no assumption "${name}"; ${suggestName(name, costAssumptionNames)}`,
      });
    else if (text === '' || !(value >= 0 && value <= 1e12))
      problems.push({
        code: 'TL-CONFIG-OVERRIDE',
        path: `--assume ${name}`,
        message: `got ${JSON.stringify(text)}; allowed: a number from 0. Write it as ${name}=${defaultCostAssumptions[name as CostAssumptionName]}`,
      });
    else given[name] = value;
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return costAssumptionsSchema.parse(given);
}
