import type { Program, ProgramContext } from '@tideline/process';
import type { Command } from 'commander';
import { addCapacityCommand } from '../capacity/capacity-command.ts';
import { exitCodeOf } from '../processes/exit-code-of.ts';
import { addCompareCommand } from '../compare/compare-command.ts';
import { addPlanCommand } from '../plan/plan-command.ts';
import { addSimulateCommand } from '../simulate/simulate-command.ts';

/** Adds one command to the program: its grammar here, what it does loaded on demand. */
export type AddCommand = (program: Command, context: ProgramContext) => void;

/** In the order of the help. */
const commands: readonly AddCommand[] = [
  addCapacityCommand,
  addSimulateCommand,
  addPlanCommand,
  addCompareCommand,
];

/** The planner’s command line: capacity, simulate, plan, prove and compare. */
export const plannerProgram: Program = {
  name: 'planner',
  description: 'Finds the scaling policy for your own traffic: measures, plans, and proves what it planned.',
  scripts: ['planner'],
  exitCodeOf,
  define: (program, context) => {
    for (const add of commands) add(program, context);
  },
};
