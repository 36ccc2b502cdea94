import { type HeldLock, unreadable } from '../aws/state-locks.ts';
import type { StackChange } from './stack-tool.ts';

const summary =
  /(?:Apply|Destroy) complete! Resources: (?:(\d+) imported, )?(?:(\d+) added, )?(?:(\d+) changed, )?(\d+) destroyed/;

/** The counts that Terraform ends with; zeros when it had nothing to do. */
export function stackChange(lines: readonly string[]): StackChange {
  const match = lines.map((line) => summary.exec(line)).find((found) => found !== null);
  const count = (index: number): number => Number(match?.[index] ?? 0);
  return { added: count(2), changed: count(3), destroyed: count(4) };
}

const planned = /^Plan: (?:\d+ to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy/;

/** The counts of a plan; zeros when it is empty. */
export function plannedChange(lines: readonly string[]): StackChange {
  const match = lines.map((line) => planned.exec(line)).find((found) => found !== null);
  const count = (index: number): number => Number(match?.[index] ?? 0);
  return { added: count(1), changed: count(2), destroyed: count(3) };
}

/** The heading of a resource in a plan; what is indented further, in brackets, says why. */
const plannedResource = /^ {2}# (\S.* (?:will|must) (?:no longer )?be .+)$/;

/** What a plan would do to each resource, in Terraform’s words. */
export const plannedResources = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => plannedResource.exec(line)?.[1] ?? []);

/** Lines that show how far Terraform is: each resource once, when it is finished. */
export const isProgress = (line: string): boolean =>
  /: (?:Creation|Modifications|Destruction|Import) complete/.test(line) || line.startsWith('Warning:');

/** What DynamoDB and S3 answer to a write that must be the first. */
const alreadyThere = /ConditionalCheckFailedException|PreconditionFailed/;

/**
 * The lock that kept Terraform from working; null when that was not the reason, as where the lock table is missing or may
 * not be used, which Terraform gives the same heading.
 */
export function lockFrom(lines: readonly string[]): HeldLock | null {
  const start = lines.findIndex((line) => line.includes('Error acquiring the state lock'));
  if (start < 0 || !lines.slice(start).some((line) => line.includes('Lock Info:') || alreadyThere.test(line)))
    return null;
  const field = (name: string): string =>
    lines
      .map((line) => new RegExp(`^[│\\s]*${name}:\\s+(.+)$`).exec(line)?.[1])
      .find(Boolean)
      ?.trim() ?? unreadable;
  return {
    id: field('ID'),
    who: field('Who'),
    operation: field('Operation'),
    since: field('Created'),
    // Terraform stops at the first place where it finds the state locked.
    places: [],
  };
}

/** Whether Terraform refuses a provider because its lock file does not have the checksum of the one that it found. */
export const refusesProvider = (lines: readonly string[]): boolean =>
  /(?:does not|doesn't) match any of the checksums/.test(errorText(lines).replace(/\s+/g, ' '));

/** As CDKTF names what a stack reads of another. */
const crossStackReference = /cross-stack-reference-input-([\w-]+)/;
const errorHeading = /^[╷│\s]*Error: (.*)$/;

/**
 * The stacks that lack values which this one reads: Terraform knows no value to come of another state, and calls it an
 * error. None where it has another error as well.
 */
export function valuesStillMissing(lines: readonly string[]): readonly string[] {
  const starts = lines.flatMap((line, index) => (errorHeading.test(line) ? [index] : []));
  const stacks = starts.map((start, index) => {
    const block = lines.slice(start, starts[index + 1]);
    const title = errorHeading.exec(block[0] ?? '')?.[1] ?? '';
    if (!/^(Unsupported attribute|Unable to find remote state)/.test(title)) return undefined;
    return block.map((line) => crossStackReference.exec(line)?.[1]).find((stack) => stack !== undefined);
  });
  const known = stacks.filter((stack) => stack !== undefined);
  return known.length === stacks.length ? [...new Set(known)] : [];
}

const errorLinesKept = 40;

/** Terraform’s error blocks; its last lines when it wrote none. */
export function errorText(lines: readonly string[]): string {
  const first = lines.findIndex((line) => /^[╷│\s]*Error: /.test(line));
  const kept = first < 0 ? lines.slice(-errorLinesKept) : lines.slice(first, first + errorLinesKept);
  return kept
    .map((line) => line.replace(/^[╷│╵]\s?/, ''))
    .join('\n')
    .trim();
}
