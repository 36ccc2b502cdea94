import { type ErrorRule, refuse } from './errors/error-rule.ts';

/** A group of AWS Regions that shares accounts and identities, and nothing with other groups. */
export interface Partition {
  /** Second part of every ARN. */
  readonly name: 'aws' | 'aws-cn' | 'aws-us-gov';
  /** End of the host names of its services, registries and buckets. */
  readonly dnsSuffix: 'amazonaws.com' | 'amazonaws.com.cn';
  /** Services whose interface endpoints are named `cn.com.amazonaws.…`. */
  readonly prefixedEndpoints: readonly string[];
  /** Whether its tasks can stand behind CloudFront: a distribution of the same account, and its list of addresses. */
  readonly hasCloudFront: boolean;
}

const commercial: Partition = {
  name: 'aws',
  dnsSuffix: 'amazonaws.com',
  prefixedEndpoints: [],
  hasCloudFront: true,
};

/**
 * Partitions that can be deployed to, by the beginning of their Regions (the SDKs’ `partitions.json`). CloudFront has no
 * endpoint in GovCloud, and its list of addresses does not exist in China (CloudFront guide, managed prefix list).
 */
const partitions: readonly (readonly [RegExp, Partition])[] = [
  [/^us-gov-/, { ...commercial, name: 'aws-us-gov', hasCloudFront: false }],
  [
    /^cn-/,
    {
      name: 'aws-cn',
      dnsSuffix: 'amazonaws.com.cn',
      // As `aws ec2 describe-vpc-endpoint-services` lists them in both Regions (aws-cdk, vpc-endpoint.ts). Gateway
      // endpoints, of S3 too, have the plain name.
      prefixedEndpoints: [
        'application-autoscaling',
        'autoscaling',
        'ec2',
        'ecr.api',
        'ecr.dkr',
        'elasticache',
        'execute-api',
        'monitoring',
        'sts',
        'xray',
      ],
      hasCloudFront: false,
    },
  ],
  [/^(us|eu|ap|sa|ca|me|af|il|mx)-(?!iso)/, commercial],
];

const known = (region: string): Partition | undefined =>
  partitions.find(([beginning]) => beginning.test(region))?.[1];

/** The partition of a Region; the commercial one where `regionPartition` refuses the Region. */
export const partitionOf = (region: string): Partition => known(region) ?? commercial;

/** `arn:aws-cn:ecs:cn-north-1:…`: an ARN in a Region’s partition, from what follows the partition. */
export const arnIn = (region: string, rest: string): string => `arn:${partitionOf(region).name}:${rest}`;

/** Region of what belongs to none: CloudFront reads its web ACLs and certificates there, and hands its access logs out there. */
export const globalRegion = 'us-east-1';

/** Name of a service’s gateway endpoint: the same in every partition. */
export const gatewayEndpointService = (region: string, service: string): string =>
  `com.amazonaws.${region}.${service}`;

/** Name of a service’s interface endpoint, by the last part of the service’s name. */
export const interfaceEndpointService = (region: string, service: string): string =>
  `${partitionOf(region).prefixedEndpoints.includes(service) ? 'cn.' : ''}com.amazonaws.${region}.${service}`;

/** Audience of the identity tokens that a role is taken with (configure-aws-credentials, `audience`). */
export const tokenAudience = (region: string): string => `sts.${partitionOf(region).dnsSuffix}`;

/**
 * Names by which a service is known when it takes a role, or is handed one. `<service>.amazonaws.com` in every partition; in
 * China EC2 goes by the partition’s own suffix.
 */
export const servicePrincipal = (
  region: string,
  service: 'codedeploy' | 'ec2' | 'ecs-tasks' | 'lambda',
): string => (service === 'ec2' ? `ec2.${partitionOf(region).dnsSuffix}` : `${service}.amazonaws.com`);

/** Name by which CloudWatch Logs uses a key: of its Region, with the partition’s own suffix (aws-cdk, region-info). */
export const logsPrincipal = (region: string): string => `logs.${region}.${partitionOf(region).dnsSuffix}`;

export const regionPartition: ErrorRule = ({ region, cdn }) => {
  const partition = known(region);
  if (partition === undefined)
    return refuse(
      'TL-CONFIG-PARTITION',
      'region',
      `got ${region}, of a partition that no deployment was written for: its services have other names, and GitHub does not reach its identity service. Choose a Region of AWS, AWS GovCloud (us-gov-…) or AWS China (cn-…)`,
    );
  if (!cdn.enabled || partition.hasCloudFront) return [];
  return refuse(
    'TL-CONFIG-PARTITION',
    'cdn.enabled',
    `got true with region ${region}: partition ${partition.name} has no CloudFront that a balancer could be kept to. Set it to false, or choose a Region of partition aws`,
  );
};
