import { type Repair } from '../gateway/repair.ts';
import { applicationAutoScalingRepairs } from './application-auto-scaling.ts';
import { autoScalingRepairs } from './auto-scaling.ts';
import { capacityProviderRepairs } from './capacity-providers.ts';
import { cloudfrontRepairs } from './cloudfront.ts';
import { deploymentRepairs } from './code-deploy-deployments.ts';
import { CodeDeployAccount, codeDeployRepairs } from './code-deploy.ts';
import { ec2Repairs } from './ec2.ts';
import { ecsRepairs } from './ecs.ts';
import { elasticacheRepairs } from './elasticache.ts';
import { logsRepairs } from './logs.ts';
import { ReleaseMemory } from './release-memory.ts';
import { releaseViewRepairs } from './release-views.ts';
import { s3Repairs } from './s3.ts';

/** Every gap of moto that the gateway closes. Each call starts with an empty memory. */
export function repairs(): readonly Repair[] {
  const releases = new ReleaseMemory();
  const codeDeploy = new CodeDeployAccount();
  return [
    ...applicationAutoScalingRepairs(),
    ...autoScalingRepairs(),
    ...capacityProviderRepairs(),
    ...cloudfrontRepairs(),
    ...ec2Repairs(),
    ...codeDeployRepairs(codeDeploy),
    ...deploymentRepairs(codeDeploy, releases),
    ...ecsRepairs(releases),
    ...elasticacheRepairs(),
    ...logsRepairs(),
    ...releaseViewRepairs(releases),
    ...s3Repairs(),
  ];
}
