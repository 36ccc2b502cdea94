import type { Finding } from './finding.ts';

/** The findings as lines: what is there, its version, what it is for, and how to get what is not. */
export function doctorReport(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ id }) => id.length));
  return findings
    .map(({ id, ok, found, use, neededFor, fix }) => {
      const missing = neededFor.length === 0 ? 'absent ' : 'MISSING';
      const needed = neededFor.length === 0 ? 'optional' : `needed for ${neededFor.join(', ')}`;
      const remedy = fix === null ? '' : `${' '.repeat(width + 11)}fix: ${fix}\n`;
      return `${ok ? 'ok     ' : missing}  ${id.padEnd(width)}  ${found}\n${' '.repeat(width + 11)}${use} (${needed})\n${remedy}`;
    })
    .join('');
}
