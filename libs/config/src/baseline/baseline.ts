import { containerControls } from './container-controls.ts';
import type { BaselineControl, Judgement } from './control.ts';
import { dataControls } from './data-controls.ts';
import { entranceControls } from './entrance-controls.ts';
import { networkControls } from './network-controls.ts';

/**
 * Controls of AWS’s security baseline (AWS Foundational Security Best Practices, and CloudWatch.16 of NIST SP 800-53) that are
 * about what the stacks make, each with what it comes to.
 */
export const securityBaseline: readonly BaselineControl[] = [
  ...entranceControls,
  ...networkControls,
  ...containerControls,
  ...dataControls,
];

/** What a control comes to in the stacks of a preset. */
export const judgementOf = ({ judgement, differs }: BaselineControl, preset: string): Judgement =>
  differs?.[preset] ?? judgement;
