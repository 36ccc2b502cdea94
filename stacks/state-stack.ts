import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
import { resourceNames } from '@tideline/config';
import {
  GithubDeployRole,
  type StackContext,
  StateStore,
  boundaryStatements,
  connectStack,
  declareOutputs,
  policyDocument,
} from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** Made once, by hand: where every other stack keeps its state, and the role that workflows deploy with. */
export class StateStack extends TerraformStack {
  constructor(scope: Construct, context: StackContext) {
    super(scope, 'state');
    connectStack(this, 'state', context);
    const { environment, deployTrust: trust } = context;
    const { prefix, permissionsBoundary } = resourceNames(environment);
    const store = new StateStore(this, 'store', context);
    new IamPolicy(this, 'boundary', {
      name: permissionsBoundary,
      description: `Most that tasks and instances of ${prefix} may be allowed`,
      policy: policyDocument(boundaryStatements(context)),
    });
    const role = trust === null ? null : new GithubDeployRole(this, 'github', { context, trust });
    declareOutputs(this, 'state', {
      bucketName: store.bucketName,
      lock: environment.state.lock,
      lockTableName: store.lockTableName,
      deployRoleArn: role?.arn ?? null,
      trustedSubjects: trust === null ? null : [...trust.subjects],
    });
  }
}
