import type { Environment } from './environment.ts';
import { interfaceEndpoints } from './network-plan.ts';

/** List prices of us-east-1 in USD (AWS PrivateLink and Amazon VPC pricing pages); other Regions differ by some percent. */
const hoursPerMonth = 730;
const endpointHourUsd = 0.01;
const natGatewayHourUsd = 0.045;
const publicAddressHourUsd = 0.005;

/** What the way out of the private subnets costs while nothing happens. */
export interface EgressPrice {
  /** USD a month of 730 hours, at the prices of us-east-1, without traffic. */
  readonly monthlyUsd: number;
  /** USD per GB on top; images are pulled through it. Gateway endpoints of S3 carry image layers free of charge. */
  readonly perGigabyteUsd: number;
  /** What the figure is made of, for people. */
  readonly explanation: string;
}

/** Price of `network.egress` as the environment has it. */
export function egressPrice(environment: Environment): EgressPrice {
  const zones = environment.availabilityZones.length;
  if (environment.network.egress === 'nat')
    return {
      monthlyUsd: roundToCents(zones * (natGatewayHourUsd + publicAddressHourUsd) * hoursPerMonth),
      perGigabyteUsd: 0.045,
      explanation: `${zones} NAT gateways at ${natGatewayHourUsd} and their public addresses at ${publicAddressHourUsd} USD an hour`,
    };
  const services = interfaceEndpoints(environment);
  return {
    monthlyUsd: roundToCents(services.length * zones * endpointHourUsd * hoursPerMonth),
    perGigabyteUsd: 0.01,
    explanation: `${services.length} interface endpoints (${services.join(', ')}) in ${zones} zones at ${endpointHourUsd} USD an hour`,
  };
}

const roundToCents = (usd: number): number => Math.round(usd * 100) / 100;
