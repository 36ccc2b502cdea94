import { describeStacks } from '../describe-stacks.ts';

describeStacks('stateless-asg', { withInterruptions: false });
