import { type PlannedDifference } from './planned-differences.ts';

export interface Deployment {
  /** Variables of the synthesis that comes first. @default what was synthesised last is deployed */
  readonly settings?: Readonly<Record<string, string>>;
  /** The state moves to the place that the stacks name now. @default it is there */
  readonly migratesState?: boolean;
}

/** What deploys and destroys the stacks of a chain. */
export interface StackProject {
  /** Applies the stacks in their order. @throws Error with the end of the output when that fails */
  deploy(stacks: readonly string[], deployment?: Deployment): Promise<unknown>;
  /** Destroys the stacks, the last one first. @throws Error with the end of the output when that fails */
  destroy(stacks: readonly string[]): Promise<void>;
  /** What an apply of the stack would change now. */
  plan(stack: string): Promise<readonly PlannedDifference[]>;
}
