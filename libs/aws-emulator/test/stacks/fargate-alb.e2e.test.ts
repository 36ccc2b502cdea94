import { describeStacks } from '../describe-stacks.ts';

describeStacks('fargate-alb', { withInterruptions: true });
