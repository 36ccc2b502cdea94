import type { Problem } from '../configuration-error.ts';
import { type ErrorRule, refuse } from './error-rule.ts';

/**
 * What does not go with a routing algorithm (Application Load Balancer guide, “Routing algorithm”): slow start goes with round
 * robin alone, sticky sessions do not go with weighted random, and anomaly mitigation goes with nothing else.
 */
export const routing: ErrorRule = ({
  loadBalancer: { algorithm, slowStartSeconds, stickinessSeconds, anomalyMitigation },
}) => {
  const problems: Problem[] = [];
  if (algorithm !== 'round_robin' && slowStartSeconds > 0)
    problems.push(
      ...refuse(
        'TL-CONFIG-SLOW-START',
        'loadBalancer',
        `slowStartSeconds ${slowStartSeconds} does not work with algorithm ${algorithm}. Set slowStartSeconds to 0, or algorithm to round_robin`,
      ),
    );
  if (algorithm === 'weighted_random' && stickinessSeconds > 0)
    problems.push(
      ...refuse(
        'TL-CONFIG-STICKINESS',
        'loadBalancer',
        `stickinessSeconds ${stickinessSeconds} does not work with algorithm weighted_random. Set stickinessSeconds to 0, or algorithm to round_robin or least_outstanding_requests`,
      ),
    );
  if (algorithm !== 'weighted_random' && anomalyMitigation)
    problems.push(
      ...refuse(
        'TL-CONFIG-ANOMALY-MITIGATION',
        'loadBalancer',
        `anomalyMitigation true does not work with algorithm ${algorithm}. Set anomalyMitigation to false, or algorithm to weighted_random`,
      ),
    );
  return problems;
};
