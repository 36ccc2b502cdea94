import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import {
  type ReleaseSettings,
  type TestTraffic,
  httpApi,
  releaseHookVariable,
  resourceNames,
  servicePrincipal,
  testTrafficSeconds,
} from '@tideline/config';
import { AssetType, Fn, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { createLogGroup } from '../ground/log-group.ts';
import { policyDocument, trustPolicy } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import { hookStatements } from './hook-statements.ts';

export interface ReleaseHookProps {
  readonly context: StackContext;
  readonly release: ReleaseSettings<'blue-green'>;
  readonly traffic: TestTraffic;
  readonly loadBalancer: LoadBalancer;
  /** The private subnets, and a group that the test listener lets in. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** ARN of the policy that bounds its role. */
  readonly permissionsBoundary: string;
}

/** What the function needs beyond its requests: a start in a VPC, and a report that may be tried again. */
const startAndReportSeconds = 60;

/** The Lambda function that CodeDeploy calls before it moves traffic: it asks the test listener and decides. */
export class ReleaseHook extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ReleaseHookProps) {
    super(scope, id);
    const { context, release, subnetIds, securityGroupId } = props;
    const { environment } = context;
    const names = resourceNames(environment);
    const log = createLogGroup(this, 'log', { environment, name: names.releaseHookLogGroup });
    const role = this.#role(props, log.arn);
    const archive = new TerraformAsset(this, 'archive', {
      path: context.releaseHookFile,
      type: AssetType.FILE,
    });
    const { arn } = new LambdaFunction(this, 'function', {
      functionName: names.releaseHook,
      description: 'Asks the test listener during a release, and tells CodeDeploy whether traffic may move',
      role: role.arn,
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'main.handler',
      filename: archive.path,
      sourceCodeHash: Fn.filebase64sha256(archive.path),
      memorySize: 256,
      timeout: testTrafficSeconds(release.testTraffic) + startAndReportSeconds,
      environment: { variables: { [releaseHookVariable]: settingsOf(props) } },
      vpcConfig: { subnetIds: [...subnetIds], securityGroupIds: [securityGroupId] },
      loggingConfig: { logFormat: 'Text', logGroup: log.name },
      // Without its permissions Lambda refuses a function in a VPC.
      dependsOn: [role.policy],
    });
    this.arn = arn;
  }

  #role({ context, permissionsBoundary }: ReleaseHookProps, logGroupArn: string) {
    const { environment, accountId } = context;
    const role = new IamRole(this, 'role', {
      name: resourceNames(environment).releaseHook,
      assumeRolePolicy: trustPolicy(servicePrincipal(environment.region, 'lambda'), accountId),
      permissionsBoundary,
    });
    const policy = new IamRolePolicy(this, 'role-policy', {
      name: 'test',
      role: role.name,
      policy: policyDocument(hookStatements(environment, { accountId, logGroupArn })),
    });
    return { arn: role.arn, policy };
  }
}

/** What apps/release-hook reads. */
function settingsOf({ context, release, traffic, loadBalancer }: ReleaseHookProps): string {
  const { environment } = context;
  const { balancer } = loadBalancer;
  return JSON.stringify({
    listener: { host: balancer.dnsName, port: release.testListenerPort },
    // Elastic Load Balancing describes its interfaces so: `ELB app/<name>/<id>`.
    interfaces: httpApi(environment) === null ? `ELB ${balancer.arnSuffix}` : null,
    traffic,
  });
}
