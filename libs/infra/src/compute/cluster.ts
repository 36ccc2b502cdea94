import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import type { Construct } from 'constructs';

/** A cluster that counts its tasks. */
export const createCluster = (scope: Construct, environment: Environment): EcsCluster =>
  new EcsCluster(scope, 'cluster', {
    name: resourceNames(environment).cluster,
    // Counts of desired and running tasks come from nowhere else.
    setting: [{ name: 'containerInsights', value: 'enabled' }],
  });
