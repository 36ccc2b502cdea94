import { expect } from '@jest/globals';
import { describeStacks } from '../describe-stacks.ts';

describeStacks('stateless-asg', {
  withInterruptions: false,
  options: {
    settings: { TIDELINE_COMPUTE__WARM_POOL: '{"poolState":"Stopped","minSize":1}' },
    deployed: {
      aws_autoscaling_group: { warm_pool: [expect.objectContaining({ pool_state: 'Stopped', min_size: 1 })] },
    },
  },
});
