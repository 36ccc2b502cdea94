import { healthCheckFacts } from '../container/health-check-kinds.ts';
import type { Environment } from '../environment.ts';
import { codeDeployRelease } from './release-kinds.ts';

/** What is asked at the test listener, and which answers pass. */
export interface TestTraffic {
  /** Whole paths, the base path included; that of the health check first. */
  readonly paths: readonly string[];
  /** How often each path is asked. */
  readonly requests: number;
  /** Statuses that pass, both ends included. */
  readonly statuses: { readonly lowest: number; readonly highest: number };
  /** How long an answer may take to begin, ms of wall time. */
  readonly responseWithinMs: number;
}

/** Test traffic of an environment; null where releases have none. */
export function testTraffic(environment: Environment): TestTraffic | null {
  const settings = codeDeployRelease(environment)?.testTraffic;
  if (settings?.enabled !== true) return null;
  const { container, healthCheck } = environment;
  return {
    paths: [healthCheck.path, ...settings.paths].map((path) => `${container.basePath}${path}`),
    requests: settings.requests,
    statuses: healthCheckFacts(environment).statuses,
    responseWithinMs: settings.responseWithinMilliseconds,
  };
}
