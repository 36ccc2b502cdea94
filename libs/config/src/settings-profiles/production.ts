import type { Environment, EnvironmentInput } from '../environment.ts';
import { httpApi } from '../ingress/ingress-kinds.ts';

/**
 * What AWS’s security baseline asks for and a trial can do without: logs of a year, protection from deletion, keys of the
 * environment’s own, a firewall. The firewall is left out behind an HTTP API, which AWS WAF does not take.
 */
export const production = (preset: Environment): Partial<EnvironmentInput> => ({
  network: { endpointPolicies: true, flowLogs: { enabled: true } },
  observability: { logRetentionDays: 365, customerManagedKeys: true },
  accessLogs: { enabled: true, retentionDays: 365 },
  protection: { loadBalancer: true, secretRecoveryDays: 30 },
  sessions: { snapshotRetentionDays: 7 },
  loadRunner: { containerInsights: true },
  ...(httpApi(preset) === null ? { waf: { enabled: true } } : {}),
});
