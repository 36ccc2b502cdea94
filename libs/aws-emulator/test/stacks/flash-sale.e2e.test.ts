import { describeStacks } from '../describe-stacks.ts';

describeStacks('flash-sale', { withInterruptions: false });
