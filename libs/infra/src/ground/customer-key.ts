import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { type Environment, arnIn, logsPrincipal, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { type Statement, policyDocument } from './policy-document.ts';
import type { StackContext } from './stack-context.ts';

/** Days for which a deleted key, and with it what it encrypted, can be brought back: the most that KMS takes. */
const deletionWindowDays = 30;

/** What the account’s own identities may do with the key, as far as IAM allows them; all that a key can be asked for. */
const accountActions = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
] as const;

export interface CustomerKeyProps {
  readonly context: Pick<StackContext, 'accountId'> & { readonly environment: Environment };
  readonly alias: string;
  readonly description: string;
  /** Who uses the key, beside the account’s own identities. */
  readonly statements: readonly Statement[];
}

/** A symmetric KMS key that AWS rotates each year, under an alias. */
export class CustomerKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { context, alias, description, statements }: CustomerKeyProps) {
    super(scope, id);
    const { environment, accountId } = context;
    const key = new KmsKey(this, 'key', {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: deletionWindowDays,
      policy: policyDocument([
        {
          // Without it the key could not be changed again (KMS guide, default key policy).
          Sid: 'Account',
          Effect: 'Allow',
          Principal: { AWS: arnIn(environment.region, `iam::${accountId}:root`) },
          Action: accountActions,
          Resource: '*',
        },
        ...statements,
      ]),
    });
    new KmsAlias(this, 'alias', { name: alias, targetKeyId: key.id });
    this.arn = key.arn;
  }
}

/** The key of every log group of an environment that asks for one; it stands in the first stack that has log groups. */
export class LogKey extends CustomerKey {
  constructor(scope: Construct, id: string, context: CustomerKeyProps['context']) {
    const { environment, accountId } = context;
    const { region } = environment;
    const { prefix, logKeyAlias } = resourceNames(environment);
    super(scope, id, {
      context,
      alias: logKeyAlias,
      description: `Encrypts the log groups of ${prefix}`,
      statements: [
        {
          Sid: 'Logs',
          Effect: 'Allow',
          Principal: { Service: logsPrincipal(region) },
          // CloudWatch Logs guide, encrypt log data, permissions on the key.
          Action: [
            'kms:Decrypt',
            'kms:DescribeKey',
            'kms:Encrypt',
            'kms:GenerateDataKey',
            'kms:GenerateDataKeyWithoutPlaintext',
            'kms:ReEncryptFrom',
            'kms:ReEncryptTo',
          ],
          Resource: '*',
          Condition: {
            ArnLike: {
              'kms:EncryptionContext:aws:logs:arn': arnIn(
                region,
                `logs:${region}:${accountId}:log-group:*${prefix}*`,
              ),
            },
          },
        },
      ],
    });
  }

  /** The key of the environment that a construct belongs to; null where AWS’s own key encrypts. */
  static of(scope: Construct): LogKey | null {
    const found = scope.node.root.node.findAll().find((construct) => construct instanceof LogKey);
    return found instanceof LogKey ? found : null;
  }
}
