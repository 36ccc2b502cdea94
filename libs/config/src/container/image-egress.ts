import { computeFacts } from '../compute/compute-kinds.ts';
import { type WarningRule, warn } from '../warnings/warning-rule.ts';
import { namedImage } from './container-facts.ts';

/** A private repository of ECR, which its interface endpoints reach (ECR user guide, VPC endpoints). */
const privateEcr = /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//;

/** Interface endpoints lead to ECR and to no other registry: the task would never start. */
export const imageOutOfReach: WarningRule = (environment) => {
  const { network } = environment;
  const image = namedImage(environment);
  const reaches = network.egress === 'nat' || computeFacts(environment).hasPublicAddresses;
  if (reaches || image === null || privateEcr.test(image)) return [];
  return warn(
    'TL-WARN-IMAGE-EGRESS',
    'container.image',
    `${image} is in no ECR repository, and with network.egress ${network.egress} tasks at AWS reach no other registry: they would not start. Copy it into ECR, by hand or by a pull-through cache rule, and name it there; or set network.egress to nat`,
  );
};
