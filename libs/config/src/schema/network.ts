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
});
