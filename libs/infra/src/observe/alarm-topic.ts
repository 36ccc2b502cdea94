import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { policyDocument } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';

/** The topic that alarms go to; only alarms of this account may write to it. */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, accountId }: StackContext) {
    super(scope, id);
    const topic = new SnsTopic(this, 'topic', { name: resourceNames(environment).alarmTopic });
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
