import { describeStacks } from '../describe-stacks.ts';

describeStacks('flash-sale', {
  withInterruptions: false,
  options: {
    settings: { TIDELINE_SESSIONS__ENGINE: 'valkey' },
    deployed: { aws_elasticache_replication_group: { engine: 'valkey' } },
  },
});
