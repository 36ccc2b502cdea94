import { DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { HookSettings } from './hook-settings.ts';

/**
 * Where the test listener answers inside the VPC. The name of an internal balancer leads there. That of a public one leads to
 * public addresses, which nothing in a private subnet reaches: EC2 knows the private ones, one of each zone.
 * @throws Error when EC2 knows none
 */
export async function privateAddresses({ listener, interfaces }: HookSettings): Promise<readonly string[]> {
  if (interfaces === null) return [listener.host];
  const { NetworkInterfaces = [] } = await new EC2Client({}).send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'description', Values: [interfaces] }] }),
  );
  const addresses = NetworkInterfaces.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []);
  if (addresses.length === 0)
    throw new Error(`EC2 has no network interface with the description ${interfaces}`);
  return addresses;
}
