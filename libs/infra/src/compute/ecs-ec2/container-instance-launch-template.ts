import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import {
  type Compute,
  type Environment,
  capacityUnit,
  cpuCreditsOf,
  environmentTags,
  resourceNames,
} from '@tideline/config';
import { Fn, TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { rootVolume } from '../instance-settings.ts';
import { containerInstanceUserData } from './container-instance-user-data.ts';

export interface ContainerInstanceLaunchTemplateProps {
  readonly environment: Environment;
  readonly compute: Compute<'ecs-ec2'>;
  readonly cluster: string;
  readonly securityGroupId: string;
  readonly instanceProfileArn: string;
}

/** What every instance that hosts tasks is launched with. It knows nothing of what they run: a new image is no new version. */
export class ContainerInstanceLaunchTemplate extends Construct {
  readonly template: LaunchTemplate;

  constructor(scope: Construct, id: string, props: ContainerInstanceLaunchTemplateProps) {
    super(scope, id);
    const { environment, compute, cluster } = props;
    const names = resourceNames(environment);
    const tags = { Name: names.service, ...environmentTags(environment, 'service') };
    const script = containerInstanceUserData({ cluster, reservedMemoryMiB: compute.reservedMemoryMiB });
    this.template = new LaunchTemplate(this, 'template', {
      name: names.launchTemplate,
      description: `Hosts the tasks of ${names.service}`,
      imageId: this.#machineImage(environment),
      instanceType: compute.instanceType,
      creditSpecification: { cpuCredits: cpuCreditsOf(compute) },
      iamInstanceProfile: { arn: props.instanceProfileArn },
      // The address is the way to AWS: public subnets give none by themselves.
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: 'true',
          deleteOnTermination: 'true',
          securityGroups: [props.securityGroupId],
        },
      ],
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        // The agent uses the host’s network and is one hop away. A container behind the bridge is two, and would find the
        // instance’s role there; it has a role of its own, from the agent, at another address.
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: 'disabled',
      },
      // Scaling looks at what tasks use, and ECS counts instances itself: metrics of each minute would only cost.
      monitoring: { enabled: false },
      blockDeviceMappings: [rootVolume(compute)],
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags,
      })),
      // As a value of its own, since Terraform reads the text of a function’s argument by other rules.
      userData: Fn.base64encode(new TerraformLocal(this, 'user-data', script).asString),
    });
  }

  /** Amazon Linux 2023 with Docker and the ECS agent, as its public parameter names it when the stack is deployed. */
  #machineImage(environment: Environment): string {
    const architecture = capacityUnit(environment).architecture === 'ARM64' ? 'arm64/' : '';
    return new DataAwsSsmParameter(this, 'machine-image', {
      name: `/aws/service/ecs/optimized-ami/amazon-linux-2023/${architecture}recommended/image_id`,
    }).insecureValue;
  }
}
