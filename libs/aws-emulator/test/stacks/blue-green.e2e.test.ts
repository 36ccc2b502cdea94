import { describeStacks } from '../describe-stacks.ts';

describeStacks('blue-green', { withInterruptions: false });
