import type { OtlpRequest, OtlpSpan } from './otlp-request.ts';

/** A span with the task that it comes from. */
interface PlacedSpan extends OtlpSpan {
  readonly from: string;
}

/** The spans of a request to the receiver as lines: trace by trace, each span below the one that it belongs to. */
export function printedTraces({ resourceSpans }: OtlpRequest): readonly string[] {
  const spans = resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans: own }) =>
      own.map((span): PlacedSpan => ({ ...span, from: placeOf(resource.attributes) })),
    ),
  );
  const traces = grouped(spans, ({ traceId }) => traceId);
  return [...traces].flatMap(([traceId, own]) => [`trace ${traceId}`, ...linesBelow(own)]);
}

function linesBelow(spans: readonly PlacedSpan[]): readonly string[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = grouped(spans, ({ parentSpanId = '' }) => (known.has(parentSpanId) ? parentSpanId : ''));
  const below = (parent: string, indent: string): readonly string[] =>
    (children.get(parent) ?? [])
      .toSorted((one, other) => Number(one.startTimeUnixNano - other.startTimeUnixNano))
      .flatMap((span) => [`${indent}${lineOf(span)}`, ...below(span.spanId, `${indent}  `)]);
  return below('', '  ');
}

function lineOf({
  name,
  attributes,
  startTimeUnixNano,
  endTimeUnixNano,
  status,
  from,
  parentSpanId,
}: PlacedSpan): string {
  const milliseconds = Number(endTimeUnixNano - startTimeUnixNano) / 1e6;
  const code = attributes.get('http.response.status_code');
  return [
    name,
    ...(code === undefined ? [] : [code]),
    `${milliseconds.toFixed(1)} ms`,
    ...(status?.code === 2 ? [`failed: ${attributes.get('error.type') ?? 'no reason given'}`] : []),
    ...(code === undefined && parentSpanId !== undefined ? [] : [from]),
  ].join('  ');
}

/** In the order in which the keys come up. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

const placeOf = (resource: ReadonlyMap<string, string>): string =>
  `${resource.get('service.instance.id') ?? 'unknown task'} in ${resource.get('cloud.availability_zone') ?? 'no zone'}`;
