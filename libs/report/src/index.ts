export {
  type Better,
  type ComparedFigure,
  type ComparedSetting,
  type ComparedSubject,
  type Comparison,
  type Difference,
  comparisonSchema,
  difference,
} from './comparison/comparison.ts';
export { figuresData as comparisonData, formatValue } from './comparison/comparison-tables.ts';
export {
  renderComparisonHtml,
  renderComparisonMarkdown,
  renderComparisonTerminal,
} from './comparison/render-comparison.ts';
export { writeReportsIndex } from './reports-index/write-reports-index.ts';
export {
  type ReleaseExportForm,
  type RunExportForm,
  releaseExportForms,
  runExportForms,
} from './exports/export-forms.ts';
export { runCsv, tableCsv } from './exports/render-csv.ts';
export { type JudgedSuite, renderJunit } from './exports/render-junit.ts';
export { type Column, type Table, left, right } from './facts/table.ts';
export { renderHtml } from './html/render-html.ts';
export { renderMarkdown } from './markdown/render-markdown.ts';
export { renderReleaseHtml } from './release/render-release-html.ts';
export { renderReleaseMarkdown, renderReleaseTerminal } from './release/render-release.ts';
export { type Palette, palette } from './terminal/palette.ts';
export { renderTerminal } from './terminal/render-terminal.ts';
export { tableBlocks, wrapText } from './terminal/text-table.ts';
export { type ChartSize, type Plot, chartFrame, plotArea, px } from './charts/chart-frame.ts';
export { edgeLabels } from './charts/edge-labels.ts';
export { countScale, linearScale, valueAxis } from './charts/value-scale.ts';
export { type Markup, markup } from './html/markup.ts';
export { htmlPage } from './html/html-page.ts';
export { chartFigure, tableMarkup } from './html/table-markup.ts';
