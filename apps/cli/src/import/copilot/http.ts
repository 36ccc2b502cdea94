import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { convertSuccessCodes } from '../shared/success-codes.ts';
import { matching, seconds, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

const probePath = matching(/^\/\S*$/, 'a path that starts with / and holds no space');
/** What Copilot sets where a manifest is silent (its manifest reference, http.healthcheck, http.deregistration_delay). */
const copilotDefaults = {
  path: '/',
  healthyThreshold: 5,
  gracePeriodSeconds: 60,
  deregistrationDelaySeconds: 60,
};
/** How long a client stays with a target by a balancer’s cookie, unless it is set (ELB, lb_cookie.duration_seconds). */
const stickinessSeconds = 86_400;

/** What an Application Load Balancer of Copilot does and that of a description does not. */
const withoutField: Readonly<Record<string, string>> = {
  alias:
    'HTTPS needs a certificate, which the manifest does not name. Set loadBalancer.certificateArn and loadBalancer.domainName',
  hosted_zone: 'DNS records are not made here. Lead the name to the balancer yourself',
  redirect_to_https:
    'HTTP is redirected to HTTPS where loadBalancer.certificateArn is set, and not otherwise',
  allowed_source_ips:
    'the listener takes requests from every address. Do not deploy the service until that is right for it',
  target_container: 'a task has one container here, which takes the requests',
  additional_rules: 'the listener has one rule, which forwards every path to the service',
};

/** Converts `http`: the balancer and its health check. */
export function convertHttp(draft: ImportDraft, service: SourceNode, port: number): void {
  const http = service.at('http');
  if (http.value === false)
    draft.leave(http, 'an Application Load Balancer is always in front of the service here');
  convertPath(draft, http.at('path'));
  convertHealthCheck(draft, http.at('healthcheck'), port);
  const delay = http.at('deregistration_delay');
  if (draft.take(delay, 'loadBalancer.deregistrationDelaySeconds', seconds(0, 3600)) === undefined)
    draft.choose(
      'loadBalancer.deregistrationDelaySeconds',
      copilotDefaults.deregistrationDelaySeconds,
      'Copilot’s default',
    );
  convertStickiness(draft, http.at('stickiness'));
  const version = http.at('version');
  if (version.text === 'http1') draft.hold(version, 'loadBalancer');
  else draft.leave(version, 'the balancer speaks HTTP/1.1 to the targets');
  leaveFields(draft, http, withoutField);
}

function convertPath(draft: ImportDraft, path: SourceNode): void {
  if (path.text === '/') draft.hold(path, 'loadBalancer');
  else draft.leave(path, 'the balancer forwards every path to the service, and not this one alone');
}

function convertStickiness(draft: ImportDraft, stickiness: SourceNode): void {
  if (stickiness.value === true) draft.put('loadBalancer.stickinessSeconds', stickinessSeconds, stickiness);
  else if (stickiness.value === false) draft.put('loadBalancer.stickinessSeconds', 0, stickiness);
  else draft.leave(stickiness, 'loadBalancer.stickinessSeconds takes true or false');
}

function convertHealthCheck(draft: ImportDraft, check: SourceNode, port: number): void {
  const path = check.kind === 'map' ? check.at('path') : check;
  if (draft.take(path, 'healthCheck.path', probePath) === undefined)
    draft.choose('healthCheck.path', copilotDefaults.path, 'Copilot’s default');
  const threshold = whole(2, 10);
  if (draft.take(check.at('healthy_threshold'), 'healthCheck.healthyThreshold', threshold) === undefined)
    draft.choose('healthCheck.healthyThreshold', copilotDefaults.healthyThreshold, 'Copilot’s default');
  draft.take(check.at('unhealthy_threshold'), 'healthCheck.unhealthyThreshold', threshold);
  const interval = draft.take(check.at('interval'), 'healthCheck.intervalSeconds', seconds(5, 300)) ?? 30;
  draft.take(check.at('timeout'), 'healthCheck.timeoutSeconds', seconds(2, Math.min(120, interval - 1)));
  const grace = check.at('grace_period');
  if (draft.take(grace, 'healthCheck.gracePeriodSeconds', seconds(0, 2_147_483_647)) === undefined)
    draft.choose('healthCheck.gracePeriodSeconds', copilotDefaults.gracePeriodSeconds, 'Copilot’s default');
  const checkPort = check.at('port');
  if (checkPort.value === port) draft.hold(checkPort, 'container.port');
  else draft.leave(checkPort, `the probe asks the container’s port, ${port}`);
  convertSuccessCodes(draft, check.at('success_codes'));
}
