import { AutoscalingLifecycleHook } from '@cdktf/provider-aws/lib/autoscaling-lifecycle-hook/index.js';
import { type Environment, launchHookSeconds } from '@tideline/config';
import type { Construct } from 'constructs';

/** Unique in its group. */
export const launchHookName = 'application-answers';

/**
 * Holds an instance on its way into the warm pool or into service until its application answers. Without it AWS stops an
 * instance of the pool in the midst of its user data, which never runs again (EC2 Auto Scaling guide, warm pools).
 */
export const launchHook = (environment: Environment) => ({
  name: launchHookName,
  lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  heartbeatTimeout: launchHookSeconds(environment),
  defaultResult: 'ABANDON',
});

/** The hook of a group that exists already; a new one brings it along, before its first instance. */
export const createLaunchHook = (
  scope: Construct,
  { environment, groupName }: { readonly environment: Environment; readonly groupName: string },
): AutoscalingLifecycleHook =>
  new AutoscalingLifecycleHook(scope, 'launch-hook', {
    ...launchHook(environment),
    autoscalingGroupName: groupName,
  });
