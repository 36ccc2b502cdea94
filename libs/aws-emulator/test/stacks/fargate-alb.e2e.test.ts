import { describeStacks } from '../describe-stacks.ts';

describeStacks('fargate-alb', { withInterruptions: false });
