import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js';
import {
  type Compute,
  type Environment,
  capacityUnit,
  cpuCreditsOf,
  environmentTags,
  resourceNames,
} from '@tideline/config';
import { Fn, TerraformLocal, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { StoreReferences } from '../../data/store-references.ts';
import { appSecrets, appVariables } from '../app-variables.ts';
import { rootVolume } from '../instance-settings.ts';
import { userData } from './user-data.ts';

export interface InstanceLaunchTemplateProps {
  readonly environment: Environment;
  readonly compute: Compute<'ec2-asg'>;
  readonly image: string;
  readonly repositoryUrl: string;
  readonly logGroup: string;
  /** Null where nothing is traced. */
  readonly collectorLogGroup: string | null;
  readonly stores: StoreReferences;
  readonly securityGroupId: string;
  readonly instanceProfileArn: string;
}

/** What every instance is launched with. A change of anything in it, the image and the configuration included, is a new version. */
export class InstanceLaunchTemplate extends Construct {
  readonly template: LaunchTemplate;
  readonly parameter: SsmParameter;

  constructor(scope: Construct, id: string, props: InstanceLaunchTemplateProps) {
    super(scope, id);
    const { environment, compute, stores } = props;
    const names = resourceNames(environment);
    this.parameter = new SsmParameter(this, 'parameter', {
      name: `${names.parameterPath}/api`,
      description: `Variables of the backend of ${names.prefix}, none of them secret`,
      type: 'String',
      insecureValue: environmentFile(appVariables(environment, stores)),
    });
    const tags = { Name: names.service, ...environmentTags(environment, 'service') };
    this.template = new LaunchTemplate(this, 'template', {
      name: names.launchTemplate,
      // Read back by who wants to know what a version runs.
      description: props.image,
      imageId: this.#machineImage(environment),
      instanceType: compute.instanceType,
      creditSpecification: { cpuCredits: cpuCreditsOf(compute) },
      ...(compute.keyName === null ? {} : { keyName: compute.keyName }),
      iamInstanceProfile: { arn: props.instanceProfileArn },
      vpcSecurityGroupIds: [props.securityGroupId],
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        // A container is one hop further from the metadata, which it asks for credentials when it keeps files itself.
        httpPutResponseHopLimit: stores.files === null ? 1 : 2,
        instanceMetadataTags: 'disabled',
      },
      monitoring: { enabled: true },
      blockDeviceMappings: [rootVolume(compute)],
      ...(compute.warmPool?.poolState === 'Hibernated' ? { hibernationOptions: { configured: true } } : {}),
      tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
      userData: this.#script(props),
    });
  }

  /**
   * Amazon Linux 2023 as its public parameter names it when the stack is deployed. Left for each launch to look up
   * (`resolve:ssm:`), instances would differ by their age, and AWS would roll no refresh back (API reference, RefreshPreferences).
   */
  #machineImage(environment: Environment): string {
    const suffix = capacityUnit(environment).architecture === 'ARM64' ? 'arm64' : 'x86_64';
    return new DataAwsSsmParameter(this, 'machine-image', {
      name: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${suffix}`,
    }).insecureValue;
  }

  #script({
    environment,
    image,
    repositoryUrl,
    logGroup,
    collectorLogGroup,
    stores,
  }: InstanceLaunchTemplateProps): string {
    const script = userData({
      environment,
      image,
      logGroup,
      collectorLogGroup,
      registry: Token.asString(Fn.element(Fn.split('/', repositoryUrl), 0)),
      parameter: `${this.parameter.name}:${this.parameter.version}`,
      secrets: appSecrets(environment, stores),
    });
    // As a value of its own, since Terraform reads the text of a function’s argument by other rules.
    return Fn.base64encode(new TerraformLocal(this, 'user-data', script).asString);
  }
}

/** As `docker run --env-file` reads it. */
const environmentFile = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
