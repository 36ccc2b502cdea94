import { palette } from '@tideline/report';
import { bullets, remarkLines, section, tableLines } from '../shared/words.ts';
import { boundsTable, movesTable, proofFiguresTable, runLines, verdictWords } from './proof-words.ts';
import { partingTable } from './parting-table.ts';
import type { ProofDocument } from './proof-schema.ts';

/** The proof for a terminal, at most 100 columns wide. */
export function renderProof(proof: ProofDocument, { color }: { readonly color: boolean }): string {
  const paint = palette({ color });
  const { moves } = proof.agreement;
  const parting = partingTable(proof);
  const lines = [
    ...section(`Proof for ${proof.preset}: ${verdictWords(proof)}`, bullets(runLines(proof)), paint),
    ...section('Predicted beside measured', tableLines(boundsTable(proof)), paint),
    ...section('Figures', tableLines(proofFiguresTable(proof)), paint),
    ...section(
      `Decisions (${moves.length}), minutes and seconds from the start of the load`,
      moves.length === 0 ? bullets(['none']) : tableLines(movesTable(proof)),
      paint,
    ),
    ...section('Where they part', parting.rows.length === 0 ? [] : tableLines(parting), paint),
    ...section('Remarks', remarkLines(proof.remarks), paint),
    `Run record: ${proof.run.record}`,
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
