import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider/index.js';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { type DeployTrust, type Environment, resourceNames, tokenAudience } from '@tideline/config';
import { Construct } from 'constructs';
import { type Statement, policyDocument } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import { flowLogGrants, keyGrants } from './baseline-statements.ts';
import { computeGrants } from './compute-grants.ts';
import {
  registryStatements,
  runsStatements,
  secretStatements,
  sessionStoreStatements,
  uploadsStatements,
} from './data-statements.ts';
import { type DeployScope, deployScope } from './deploy-scope.ts';
import { edgeStatements, ingressStatements } from './edge-statements.ts';
import { networkStatements } from './network-statements.ts';
import { releaseStatements } from './release-statements.ts';
import { scalingStatements } from './scaling-statements.ts';
import { roleStatements, serviceStatements } from './service-statements.ts';
import { stateStatements } from './state-statements.ts';

const issuer = 'token.actions.githubusercontent.com';
/** A deployment of all stacks fits in; longer sessions only serve those who should not have one. */
const sessionSeconds = 3600;

/** The role that workflows of one repository take, in two GitHub environments, to deploy and to destroy one environment. */
export class GithubDeployRole extends Construct {
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    { context, trust }: { readonly context: StackContext; readonly trust: DeployTrust },
  ) {
    super(scope, id);
    const { environment } = context;
    const names = resourceNames(environment);
    const role = new IamRole(this, 'role', {
      name: names.deployRole,
      description: `Deploys ${names.prefix} from ${trust.repository}`,
      maxSessionDuration: sessionSeconds,
      assumeRolePolicy: policyDocument([
        {
          Sid: 'GitHub',
          Effect: 'Allow',
          Principal: { Federated: this.#providerArn(environment) },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            // Equal as a whole: a pattern would let a name that only begins alike take the role.
            StringEquals: {
              [`${issuer}:aud`]: tokenAudience(environment.region),
              [`${issuer}:sub`]: trust.subjects,
            },
          },
        },
      ]),
    });
    for (const [part, statements] of Object.entries(deployPolicies(context))) {
      const policy = new IamPolicy(this, `${part}-policy`, {
        name: `${names.deployRole}-${part}`,
        policy: policyDocument(statements),
      });
      new IamRolePolicyAttachment(this, `${part}-attachment`, { role: role.name, policyArn: policy.arn });
    }
    this.arn = role.arn;
  }

  #providerArn({ region, delivery }: Environment): string {
    if (delivery.oidcProvider === 'existing')
      return new DataAwsIamOpenidConnectProvider(this, 'provider', { url: `https://${issuer}` }).arn;
    return new IamOpenidConnectProvider(this, 'provider', {
      url: `https://${issuer}`,
      clientIdList: [tokenAudience(region)],
    }).arn;
  }
}

/** The role’s policies, by part of the deployment: AWS allows 6144 characters in each. */
export function deployPolicies(context: StackContext): Readonly<Record<string, readonly Statement[]>> {
  const { environment } = context;
  const scope = deployScope(context);
  return {
    state: stateStatements(scope, environment),
    network: [...networkStatements(scope, environment), ...flowLogGrants(scope, environment)],
    registry: registryStatements(scope),
    service: serviceStatements(scope),
    roles: roleStatements(scope),
    scaling: [...scalingStatements(scope), ...keyGrants(scope, environment)],
    ...instancePolicies(environment, scope),
    ...dataPolicies(environment, scope),
    ...edgePolicies(environment, scope),
    ...releasePolicies(context),
  };
}

/** One policy for instances, where there are any. */
function instancePolicies(environment: Environment, scope: DeployScope) {
  const instances = computeGrants[environment.compute.kind].instances(scope, environment);
  return instances.length === 0 ? {} : { instances };
}

/** One policy for releases by CodeDeploy and for an HTTP API, where there is either. */
function releasePolicies(context: StackContext) {
  const release = [...releaseStatements(context), ...ingressStatements(context)];
  return release.length === 0 ? {} : { release };
}

/** One policy for what stands in front, where anything does. */
function edgePolicies(environment: Environment, scope: DeployScope) {
  const edge = edgeStatements(scope, environment);
  return edge.length === 0 ? {} : { edge };
}

/** One policy for what is kept, load runs among it. */
function dataPolicies({ sessions, files, container }: Environment, scope: DeployScope) {
  const generatesToken = container.stressRoutes && container.stressTokenSecretArn === null;
  const data = [
    ...runsStatements(scope),
    ...(generatesToken ? secretStatements('StressToken', [scope.stressSecret]) : []),
    ...(sessions.store === 'redis' ? sessionStoreStatements(scope) : []),
    ...(files.store === 's3' ? uploadsStatements(scope) : []),
  ];
  return { data };
}
