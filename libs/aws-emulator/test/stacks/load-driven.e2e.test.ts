import { expect } from '@jest/globals';
import { describeStacks } from '../describe-stacks.ts';

/** Where tasks reach no public registry, as with the settings profile. */
const collectorImage = '123456789012.dkr.ecr.us-east-1.amazonaws.com/collector:1';

describeStacks('load-driven', {
  withInterruptions: false,
  options: {
    settings: {
      TIDELINE_OBSERVABILITY__TRACING__ENABLED: 'true',
      TIDELINE_OBSERVABILITY__TRACING__COLLECTOR_IMAGE: collectorImage,
    },
    deployed: {
      aws_ecs_task_definition: {
        container_definitions: expect.stringContaining(collectorImage) as unknown,
      },
    },
  },
});
