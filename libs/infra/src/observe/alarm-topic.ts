import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { arnIn, computeFacts, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { CustomerKey, type CustomerKeyProps } from '../ground/customer-key.ts';
import { type Statement, policyDocument } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';

/** The topic that alarms go to; only alarms of this account may write to it. */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, accountId }: StackContext) {
    super(scope, id);
    const key = environment.observability.customerManagedKeys
      ? new CustomerKey(this, 'key', alarmKeyProps({ environment, accountId }))
      : null;
    const topic = new SnsTopic(this, 'topic', {
      name: resourceNames(environment).alarmTopic,
      ...(key === null ? {} : { kmsMasterKeyId: key.arn }),
    });
    this.arn = topic.arn;
    new SnsTopicPolicy(this, 'policy', {
      arn: topic.arn,
      policy: policyDocument([
        {
          Sid: 'Alarms',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topic.arn,
          Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
        },
      ]),
    });
    const { alarmEmail } = environment.observability;
    if (alarmEmail !== null)
      new SnsTopicSubscription(this, 'email', {
        topicArn: topic.arn,
        protocol: 'email',
        endpoint: alarmEmail,
      });
  }
}

/**
 * A key that alarms write to the topic with, and a group’s notifications, which come in the name of Auto Scaling’s role of the
 * account. AWS’s own key of SNS lets neither use it (SNS guide, event sources and encrypted topics).
 */
function alarmKeyProps({ environment, accountId }: CustomerKeyProps['context']): CustomerKeyProps {
  const { prefix, alarmKeyAlias } = resourceNames(environment);
  const use: Pick<Statement, 'Effect' | 'Action' | 'Resource'> = {
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
  };
  return {
    context: { environment, accountId },
    alias: alarmKeyAlias,
    description: `Encrypts the topic of the alarms of ${prefix}`,
    statements: [
      {
        ...use,
        Sid: 'Alarms',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
      ...(computeFacts(environment).fleet === 'group'
        ? [
            {
              ...use,
              Sid: 'Notifications',
              // It exists: its group was made by an earlier stack.
              Principal: { AWS: arnIn(environment.region, `iam::${accountId}:role/${autoScalingRole}`) },
            },
          ]
        : []),
    ],
  };
}

const autoScalingRole = 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
