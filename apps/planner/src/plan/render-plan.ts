import type { PlanDocument, PlanEntry } from '@tideline/planner';
import { palette } from '@tideline/report';
import { bullets, figuresTable, remarkLines, section, tableLines } from '../shared/words.ts';
import { choiceWords, frontTable, sensitivityTable, trafficLines } from './plan-words.ts';

/** The plan for a terminal, at most 100 columns wide. */
export function renderPlan(plan: PlanDocument, { color }: { readonly color: boolean }): string {
  const paint = palette({ color });
  const { current, recommended, unit } = plan;
  const rows = (part: 'fitted' | 'heldOut' | 'worstDay') =>
    tableLines(
      figuresTable(
        [
          { name: 'now', figures: current[part] },
          { name: 'recommended', figures: recommended[part] },
        ],
        unit,
      ),
    );
  const isKept = plan.choice === 'keep';
  const lines = [
    ...section(`Plan for ${plan.preset}: ${choiceWords(plan)}`, bullets(trafficLines(plan)), paint),
    ...section('On the part that was held out', rows('heldOut'), paint),
    ...section('On the part that was fitted', rows('fitted'), paint),
    ...section(`On the worst day, ${plan.worstDay}`, rows('worstDay'), paint),
    ...section(
      'Cost against requests above capacity (fitted, held out, on the worst day)',
      tableLines(frontTable(plan)),
      paint,
    ),
    ...section(
      'Sensitivity on the part that was held out: USD a month, above capacity, short of time',
      tableLines(sensitivityTable(plan)),
      paint,
    ),
    ...section(
      'Not tried',
      bullets(plan.notTried.map(({ family, reason }) => `${family}: ${reason}`)),
      paint,
    ),
    ...section('Remarks', remarkLines(plan.remarks), paint),
    ...(isKept ? [] : section(`Settings: ${recommended.name}`, settingsText(recommended), paint)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** As a description takes them. */
export const settingsText = ({ settings }: PlanEntry): readonly string[] =>
  JSON.stringify(settings, null, 2).split('\n');
