import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { flag, oneOf, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

const cpuSizes = oneOf([256, 512, 1024, 2048, 4096, 8192, 16_384]);
/** Days that observability.logRetentionDays takes. */
const retentionDays = oneOf([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365]);
/** What Copilot sets where a manifest is silent. */
const copilotSize = { cpuUnits: 256, memoryMiB: 512 };

/** Converts the task’s size and platform, deployment, network, logs and storage. */
export function convertSettings(draft: ImportDraft, service: SourceNode): void {
  draft.choose('compute.kind', 'fargate', 'Copilot runs services on Fargate');
  if (draft.take(service.at('cpu'), 'compute.cpuUnits', cpuSizes) === undefined)
    draft.choose('compute.cpuUnits', copilotSize.cpuUnits, 'Copilot’s default');
  if (draft.take(service.at('memory'), 'compute.memoryMiB', whole(512, 122_880)) === undefined)
    draft.choose('compute.memoryMiB', copilotSize.memoryMiB, 'Copilot’s default');
  convertPlatform(draft, service.at('platform'));
  convertDeployment(draft, service.at('deployment'));
  const vpc = service.at('network', 'vpc');
  const placement = vpc.at('placement');
  if (placement.text === 'private') draft.hold(placement, 'network.egress');
  else
    draft.leave(
      placement,
      'tasks are in private subnets here, and reach the internet by NAT gateways (network.egress)',
    );
  draft.leave(vpc.at('security_groups'), 'a description makes the security groups of its tasks itself');
  draft.leave(
    service.at('network', 'connect'),
    'no Service Connect: other services reach this one by its balancer',
  );
  draft.take(service.at('logging', 'retention'), 'observability.logRetentionDays', retentionDays);
  for (const [, node] of service.at('logging').without('retention').entries)
    draft.leave(node, 'logs go to CloudWatch Logs, without FireLens');
  draft.leave(
    service.at('observability', 'tracing'),
    'set observability.tracing.enabled to true for a collector of OpenTelemetry, which hands traces to X-Ray',
  );
  draft.take(service.at('storage', 'readonly_fs'), 'container.readOnlyRootFilesystem', flag);
  leaveFields(draft, service.at('storage'), {
    ephemeral: 'a task has the 20 GiB of Fargate',
    volumes: 'tasks share no files: no EFS is described',
  });
}

function convertPlatform(draft: ImportDraft, platform: SourceNode): void {
  const architecture = { 'linux/x86_64': 'X86_64', 'linux/amd64': 'X86_64', 'linux/arm64': 'ARM64' }[
    platform.text ?? ''
  ];
  if (architecture !== undefined) draft.put('compute.architecture', architecture, platform);
  else
    draft.leave(
      platform,
      'compute.architecture takes linux/x86_64, linux/amd64 or linux/arm64; tasks run Linux',
    );
}

function convertDeployment(draft: ImportDraft, deployment: SourceNode): void {
  const rolling = deployment.at('rolling');
  if (rolling.text === 'recreate') {
    draft.put('deployment.minimumHealthyPercent', 0, rolling);
    draft.put('deployment.maximumPercent', 100, rolling);
    draft.put('deployment.availabilityZoneRebalancing', false, rolling);
  } else if (rolling.text === 'default') draft.put('deployment.minimumHealthyPercent', 100, rolling);
  else draft.leave(rolling, 'deployment takes default or recreate');
  draft.leave(
    deployment.at('rollback_alarms'),
    'a rolling deployment is rolled back by its circuit breaker alone. Releases of kind blue-green watch alarms',
  );
}
