import { ConfigurationError } from '../configuration-error.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { Environment, EnvironmentInput, LoadProfile } from '../environment.ts';
import { environmentErrors } from '../errors/environment-errors.ts';
import { policyKind } from '../policies/policy-kinds.ts';
import { environmentSchema } from '../schema/environment.ts';
import { loadProfileSchema } from '../schema/load-profile.ts';
import { environmentSchemaNode, schemaNode } from '../schema/schema-node.ts';
import { schemaProblems } from '../problems/schema-problems.ts';

/**
 * Metric lag that reproduces AWS’s published scale-out times, 363 s at 60 s resolution and 86 s at 20 s: as the median over
 * all phases of the period in which a load can begin. AWS does not publish the load of its benchmark; with these values the
 * times hold for loads from a third above the target up to what takes all CPU (ADR 0020).
 */
export const metricLagSecondsByResolution = { 60: 168, 20: 22.5 } as const;

/**
 * Checks a description and fills in every default.
 * @throws ConfigurationError when a field is malformed, or fields contradict each other.
 */
export function resolveEnvironment(input: EnvironmentInput): Environment {
  const parsed = environmentSchema.safeParse(input);
  if (!parsed.success)
    throw new ConfigurationError(schemaProblems(parsed.error, input, environmentSchemaNode()), {
      cause: parsed.error,
    });
  const { data } = parsed;
  const environment: Environment = {
    ...data,
    scaling: {
      ...data.scaling,
      policies: data.scaling.policies.map((policy) => policyKind(policy).resolve(policy, data.monitoring)),
    },
    assumptions: {
      ...data.assumptions,
      metricLagSeconds:
        data.assumptions.metricLagSeconds ?? metricLagSecondsByResolution[data.monitoring.resolutionSeconds],
    },
  };
  const problems = environmentErrors(environment);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return deepFreeze(environment);
}

/** Checks a load profile and fills in every default. @throws ConfigurationError */
export function resolveLoadProfile(input: unknown): LoadProfile {
  const parsed = loadProfileSchema.safeParse(input);
  if (!parsed.success)
    throw new ConfigurationError(schemaProblems(parsed.error, input, schemaNode(loadProfileSchema)), {
      cause: parsed.error,
    });
  return deepFreeze(parsed.data);
}
