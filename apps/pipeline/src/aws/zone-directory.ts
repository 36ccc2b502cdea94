import { DescribeAvailabilityZonesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { ClientSettings } from './client-settings.ts';

/** The Availability Zones that the account has. */
export interface ZoneDirectory {
  /** Names of those that take subnets, such as `ap-northeast-1a`, in order; no Local Zone and no Wavelength Zone. */
  available(): Promise<readonly string[]>;
}

export function ec2ZoneDirectory(settings: ClientSettings): ZoneDirectory {
  const client = new EC2Client(settings);
  return {
    available: async () => {
      const { AvailabilityZones = [] } = await client.send(
        new DescribeAvailabilityZonesCommand({
          Filters: [
            { Name: 'state', Values: ['available'] },
            { Name: 'zone-type', Values: ['availability-zone'] },
          ],
        }),
      );
      return AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []).sort();
    },
  };
}
