import * as z from 'zod';

/** The VPC that everything stands in. */
export const networkSchema = z.strictObject({
  vpcCidr: z
    .string()
    .regex(
      /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}\/(1[6-9]|2[0-3])$/,
      'must be an IPv4 range of 16 to 23 bits, such as 10.0.0.0/16',
    )
    .default('10.0.0.0/16')
    .describe('IPv4 range of the VPC; each zone gets two sixteenths of it, one public and one private.'),
  egress: z
    .enum(['endpoints', 'nat'])
    .default('endpoints')
    .describe(
      'How private tasks reach AWS: by VPC endpoints alone, without any way to the internet, or by a NAT gateway per zone.',
    ),
  endpointPolicies: z
    .boolean()
    .default(false)
    .describe(
      'Lets only identities of the account use the VPC endpoints; of S3 also the public buckets that hold the layers of ECR images and the packages of Amazon Linux 2023. A task that reads other public buckets without credentials is then refused.',
    ),
  flowLogs: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe(
          'Writes the traffic of the VPC, without its contents, to a log group that is kept for observability.logRetentionDays.',
        ),
      traffic: z
        .enum(['REJECT', 'ALL'])
        .default('REJECT')
        .describe(
          'REJECT: what security groups refused, which is what AWS asks for. ALL: every connection, many times as much.',
        ),
    })
    .prefault({}),
});
