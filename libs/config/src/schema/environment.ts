import * as z from 'zod';
import { scalingPolicySchema } from '../policies/scaling-policy-schema.ts';
import { assumptionsSchema } from './assumptions.ts';
import { computeSchema } from '../compute/compute-kinds.ts';
import { containerSchema } from '../container/container-schema.ts';
import { localSchema } from '../container/local-schema.ts';
import { deliverySchema } from './delivery.ts';
import { accessLogsSchema, cdnSchema, wafSchema } from './edge.ts';
import { shortName } from './fields.ts';
import { ingressSchema } from '../ingress/ingress-kinds.ts';
import { healthCheckSchema, loadBalancerSchema } from './load-balancer.ts';
import { loadRunnerSchema } from './load-runner.ts';
import { networkSchema } from './network.ts';
import { observabilitySchema } from './observability.ts';
import { protectionSchema } from './protection.ts';
import { settingsProfileNames } from './settings-profile-names.ts';
import { releaseSchema } from '../release/release-kinds.ts';
import { filesSchema, sessionsSchema } from './sessions.ts';
import { stateSchema } from './state.ts';
import { suspendedStateSchema } from './suspended-state.ts';
import { storefrontSchema } from './storefront.ts';
import { capacitySchema, deploymentSchema } from './service.ts';

/** The typed description of one environment, as a person writes it: the only place where a default stands. */
export const environmentSchema = z.strictObject({
  project: shortName.default('tideline').describe('First part of every resource name.'),
  stage: shortName.default('dev').describe('Second part of every resource name, for instance dev or prod.'),
  preset: shortName.describe('The preset that this environment started from; a tag on every resource.'),
  profile: z
    .enum(settingsProfileNames)
    .nullable()
    .default(null)
    .describe(
      'Settings profile that is laid between the preset and your own settings, which win: production turns on what AWS’s security baseline asks for. null lays none. The load profile is load.profile.',
    ),
  region: z
    .string()
    .regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'must be an AWS Region such as eu-west-1')
    .default('us-east-1')
    .describe('AWS Region.'),
  availabilityZones: z
    .array(z.string().regex(/^[a-z]$/, 'must be the letter of a zone, such as a'))
    .min(1)
    .max(6)
    .default(['a', 'b'])
    .describe('Letters of the Availability Zones that tasks spread over.'),
  network: networkSchema.prefault({}),
  compute: computeSchema.describe('Where tasks run.'),
  container: containerSchema.prefault({}),
  local: localSchema.prefault({}),
  ingress: ingressSchema.prefault({ kind: 'alb' }),
  loadBalancer: loadBalancerSchema.prefault({}),
  healthCheck: healthCheckSchema.prefault({}),
  sessions: sessionsSchema.prefault({}),
  files: filesSchema.prefault({}),
  storefront: storefrontSchema.prefault({}),
  deployment: deploymentSchema.prefault({}),
  release: releaseSchema.prefault({ kind: 'rolling' }),
  capacity: capacitySchema.prefault({}),
  scaling: z
    .strictObject({
      policies: z
        .array(scalingPolicySchema)
        .max(50)
        .default([])
        .describe('Scaling policies; AWS allows 50 per target.'),
      suspendedState: suspendedStateSchema.prefault({}),
    })
    .prefault({}),
  monitoring: z
    .strictObject({
      resolutionSeconds: z
        .literal([60, 20])
        .default(60)
        .describe('Resolution of the service’s CPU and memory metrics; other metrics stay at 60 s.'),
    })
    .prefault({}),
  observability: observabilitySchema.prefault({}),
  accessLogs: accessLogsSchema.prefault({}),
  waf: wafSchema.prefault({}),
  cdn: cdnSchema.prefault({}),
  load: z
    .strictObject({
      profile: z
        .string()
        .min(1)
        .default('headline')
        .describe('Load profile that a run of this environment uses by default.'),
      expectedPeak: z
        .int()
        .min(0)
        .max(5000)
        .nullable()
        .default(null)
        .describe(
          'Running tasks or instances that this profile must bring about at its peak, where simulation cannot tell, as for a closed loop; null leaves it to simulation. No more than can run are expected.',
        ),
    })
    .prefault({}),
  loadRunner: loadRunnerSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
  state: stateSchema.prefault({}),
  protection: protectionSchema.prefault({}),
  assumptions: assumptionsSchema.prefault({}),
});
