import { capacityFacts } from '../compute/compute-kinds.ts';
import { creditUses } from '../compute/credit-use.ts';
import { type WarningRule, figure, warn } from './warning-rule.ts';

/** In standard mode an instance without credits is held to its baseline, and shows no more CPU than that. */
export const targetBeyondCredits: WarningRule = (environment) =>
  capacityFacts(environment).cpuCredits === 'standard'
    ? creditUses(environment).flatMap(
        ({ policy, instanceType, percent, vcpus, baselineVcpus, earnedPercent }) =>
          warn(
            'TL-WARN-CPU-CREDITS',
            `scaling.policies.${policy}`,
            `scales out at ${figure(percent)} % of CPU, which is ${figure(vcpus)} vCPU of a ${instanceType}, and in standard mode that type earns ${figure(baselineVcpus)}: once its credits are gone it is held to ${figure(earnedPercent)} %, so that the policy never acts. Set compute.cpuCredits to unlimited, scale out at ${Math.floor(earnedPercent)} % or less, or choose a larger type`,
          ),
      )
    : [];
