import { servicePrincipal } from '@tideline/config';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { Construct } from 'constructs';
import { type Statement, policyDocument } from '../ground/policy-document.ts';

export interface InstanceRoleProps {
  /** Name of the role, and of the profile that carries it. */
  readonly name: string;
  readonly region: string;
  /** ARN of the policy that bounds it. */
  readonly permissionsBoundary: string;
  readonly statements: readonly Statement[];
}

/** The role of the group’s instances, and of the backend on them: an instance has one. */
export class InstanceRole extends Construct {
  readonly profileArn: string;
  /** What instances have to wait for: without it they start and may do nothing. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: InstanceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: props.name,
      // EC2 names no source account when it takes a role, so that a condition on one would refuse it.
      assumeRolePolicy: policyDocument([
        {
          Sid: 'Instances',
          Effect: 'Allow',
          Principal: { Service: servicePrincipal(props.region, 'ec2') },
          Action: 'sts:AssumeRole',
        },
      ]),
      permissionsBoundary: props.permissionsBoundary,
    });
    this.policy = new IamRolePolicy(this, 'policy', {
      name: 'instance',
      role: role.name,
      policy: policyDocument(props.statements),
    });
    this.profileArn = new IamInstanceProfile(this, 'profile', { name: props.name, role: role.name }).arn;
  }
}
