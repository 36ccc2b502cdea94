import type { PlanDocument } from '@tideline/planner';
import { type Markup, chartFigure, htmlPage, markup, tableMarkup } from '@tideline/report';
import { figuresTable } from '../../shared/words.ts';
import { breaksLimits, choiceWords, frontTable, sensitivityTable, trafficLines } from '../plan-words.ts';
import { settingsText } from '../render-plan.ts';
import type { PlanTimelines } from '../timelines.ts';
import { frontChart } from './front-chart.ts';
import { unitsChart } from './units-chart.ts';

const style = `
.chart .choice.front circle { fill: var(--card); stroke: var(--muted); stroke-width: 2; }
.chart .choice.now circle { fill: var(--orange); }
.chart .choice.recommended circle { fill: var(--blue); }
.chart .choice text { font-weight: 600; }
.chart .line.demand { stroke: var(--ink); stroke-width: 1; }
.chart .line.now { stroke: var(--orange); stroke-width: 1.6; }
.chart .line.recommended { stroke: var(--blue); stroke-width: 1.6; }
.chart text.now { fill: var(--orange); }
.chart text.recommended { fill: var(--blue); }
`;

/** The plan as one HTML file that needs nothing else: inline style, inline SVG, no script. */
export function renderPlanPage(plan: PlanDocument, timelines: PlanTimelines): string {
  const title = `Plan for ${plan.preset}`;
  return htmlPage({
    title,
    style,
    body: markup`<header><p class="eyebrow">Tideline plan</p><h1>${title}</h1></header>
<section class="verdict ${breaksLimits(plan) ? 'bad' : 'good'}"><div><h2>${capitalised(choiceWords(plan))}</h2>
<ul>${trafficLines(plan).map((line) => markup`<li>${line}</li>`)}</ul></div></section>
${figures(plan)}
${front(plan)}
${timelineSection(plan, timelines)}
<section id="sensitivity"><h2>Sensitivity</h2>
<p class="caption">On the part that was held out, where a unit carries less or more than was measured, and where the load begins within a minute.</p>
${tableMarkup(sensitivityTable(plan), 'Sensitivity')}</section>
${remarks(plan)}
${settings(plan)}`,
  });
}

const figures = (plan: PlanDocument): Markup => {
  const { current, recommended, unit } = plan;
  const part = (name: 'heldOut' | 'fitted' | 'worstDay', title: string) => markup`<h3>${title}</h3>
${tableMarkup(
  figuresTable(
    [
      { name: 'now', figures: current[name] },
      { name: 'recommended', figures: recommended[name] },
    ],
    unit,
  ),
  title,
)}`;
  return markup`<section id="figures"><h2>Now and recommended</h2>
${part('heldOut', 'On the part that was held out')}
${part('fitted', 'On the part that was fitted')}
${part('worstDay', `On the worst day, ${plan.worstDay}`)}</section>`;
};

const front = (
  plan: PlanDocument,
): Markup => markup`<section id="front"><h2>Cost against requests above capacity</h2>
${chartFigure({
  caption:
    'Each circle is a policy that no other beats on the fitted part; its place is what it came to on the part that was held out.',
  draw: (size) => frontChart(plan, size),
  tableName: 'The policies of the front',
  table: frontTable(plan),
})}</section>`;

const timelineSection = (
  plan: PlanDocument,
  timelines: PlanTimelines,
): Markup => markup`<section id="timelines"><h2>${capitalised(plan.unit)}s over time</h2>
<p class="caption">On the part that was held out: what is needed, and what each policy has running.</p>
<h3>Now</h3>${unitsChart(plan, { timelines, which: 'current' }, 'wide')}${unitsChart(plan, { timelines, which: 'current' }, 'narrow')}
${
  plan.choice === 'keep'
    ? null
    : markup`<h3>Recommended: ${plan.recommended.name}</h3>${unitsChart(plan, { timelines, which: 'recommended' }, 'wide')}${unitsChart(plan, { timelines, which: 'recommended' }, 'narrow')}`
}</section>`;

const remarks = ({ remarks: list, notTried }: PlanDocument): Markup | null =>
  list.length + notTried.length === 0
    ? null
    : markup`<section id="remarks" class="warnings"><h2>Remarks</h2><ul>
${list.map(({ code, message }) => markup`<li><code>${code}</code> ${message}</li>`)}
${notTried.map(({ family, reason }) => markup`<li>Not tried: ${family}. ${reason}</li>`)}</ul></section>`;

const settings = ({ recommended, choice }: PlanDocument): Markup | null =>
  choice === 'keep'
    ? null
    : markup`<section id="settings"><h2>Settings</h2>
<p class="caption">Put these into the description, or let the plan do it with --write.</p>
<pre>${settingsText(recommended).map((line) => markup`${line}\n`)}</pre></section>`;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
