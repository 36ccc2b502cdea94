import { describeStacks } from '../describe-stacks.ts';

describeStacks('fargate-alb', {
  withInterruptions: true,
  options: {
    settings: { TIDELINE_WAF__ENABLED: 'true', TIDELINE_WAF__LOG: 'all' },
    deployed: { aws_wafv2_web_acl: { scope: 'REGIONAL' }, aws_wafv2_web_acl_logging_configuration: {} },
  },
});
