import { describeStacks } from '../describe-stacks.ts';

describeStacks('load-driven', { withInterruptions: false });
