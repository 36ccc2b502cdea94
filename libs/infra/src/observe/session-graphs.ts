import { type Environment, nodeMetric, sessionStoreMetrics, sessionStoreNodes } from '@tideline/config';
import { type Graph, metricRow } from './dashboard-graph.ts';

/** What the alarms of the session store watch, node by node, with the lines above which they fire. */
export function sessionGraphs(environment: Environment): readonly Graph[] {
  const { alarms, replicas, store } = environment.sessions;
  if (store === 'none') return [];
  const nodes = sessionStoreNodes(environment);
  return sessionStoreMetrics
    .filter(({ ofReplicas = false }) => !ofReplicas || replicas > 0)
    .map((metric) => ({
      title: `Session store, ${metric.label}`,
      metrics: nodes.map((node) => {
        const { namespace, metricName, statistic: stat, dimensions } = nodeMetric(metric, node);
        return metricRow(namespace, metricName, { dimensions, more: { stat, label: node } });
      }),
      lines: [{ label: 'Alarm', value: metric.threshold(alarms) }],
    }));
}
