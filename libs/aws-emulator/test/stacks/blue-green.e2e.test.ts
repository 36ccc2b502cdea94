import { describeStacks } from '../describe-stacks.ts';

describeStacks('blue-green', {
  withInterruptions: false,
  options: {
    settings: { TIDELINE_OBSERVABILITY__ALARM_EMAIL: 'on-call@example.org' },
    deployed: { aws_sns_topic_subscription: { protocol: 'email', endpoint: 'on-call@example.org' } },
  },
});
