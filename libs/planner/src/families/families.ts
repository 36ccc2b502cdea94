import { type Environment, type EnvironmentInput, resolveEnvironment } from '@tideline/config';
import type { Family, PlanSubject, PolicySettings } from './family.ts';
import type { FamilyName, Genes } from './genes.ts';
import { predictive } from './predictive.ts';
import { scheduled } from './scheduled.ts';
import { requestsAndStep, step } from './step.ts';
import { cpu, requests, responseTime } from './tracking.ts';

/** A family does not compile until it stands here. */
export const families: Readonly<Record<FamilyName, Family>> = {
  requests,
  cpu,
  'response-time': responseTime,
  step,
  'requests-and-step': requestsAndStep,
  scheduled,
  predictive,
};

export const familyNames = Object.keys(families) as readonly FamilyName[];

/** What a candidate would have the description say. It starts with as many units as it keeps at least. */
export const settingsOf = (genes: Genes, subject: PlanSubject): PolicySettings => ({
  capacity: { min: genes.min, max: genes.max, desired: genes.min },
  policies: families[genes.family].policies(genes, subject),
});

/** A description with other bounds and policies. @throws ConfigurationError where they contradict the rest of it */
export const withSettings = (environment: Environment, { capacity, policies }: PolicySettings): Environment =>
  resolveEnvironment({
    ...(environment as unknown as EnvironmentInput),
    capacity,
    scaling: { ...environment.scaling, policies: [...policies] } as unknown as NonNullable<
      EnvironmentInput['scaling']
    >,
  });
