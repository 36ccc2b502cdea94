import { DataAwsSecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version/index.js';
import { type Environment, originHeader, resourceNames } from '@tideline/config';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { GeneratedSecret } from '../data/generated-secret.ts';

/**
 * The header by which the balancer knows the environment’s own distribution: CloudFront’s addresses are those of everybody’s
 * distributions. The secret holds values by commas. The balancer takes each of them, and the distribution sends the first,
 * so that a new value before the old one, applied, and then alone, applied again, replaces it without a refused request.
 * Rules and distributions take a value as an argument that Terraform remembers, so it is in the state, which is encrypted.
 */
export class OriginSecret extends Construct {
  readonly header = originHeader;
  /** What the balancer takes: a list that Terraform makes of the secret. */
  readonly accepted: string[];
  /** What the distribution sends. */
  readonly sent: string;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { originSecret, prefix } = resourceNames(environment);
    const { arn, version } = new GeneratedSecret(this, 'values', {
      name: originSecret,
      description: `Values of ${originHeader} from CloudFront to the balancer of ${prefix}, by commas; the first one is sent`,
      recoveryDays: environment.protection.secretRecoveryDays,
    });
    const { secretString } = new DataAwsSecretsmanagerSecretVersion(this, 'current', {
      secretId: arn,
      dependsOn: [version],
    });
    const values = Fn.split(',', secretString);
    this.accepted = values;
    this.sent = Fn.element(values, 0) as string;
  }
}
