import type { Environment } from '../environment.ts';
import { interfaceEndpoints } from '../network-plan.ts';
import { type PriceTable, listPrices } from './prices.ts';

/** Hours of a month, as AWS’s own calculator counts them: a year of 365 days over twelve. */
export const hoursPerMonth = 730;

/** What the way out of the private subnets costs while nothing happens. */
export interface EgressPrice {
  /** USD a month of 730 hours, without traffic. */
  readonly monthlyUsd: number;
  /** USD per GB on top; images are pulled through it. Gateway endpoints of S3 carry image layers free of charge. */
  readonly perGigabyteUsd: number;
  /** What the figure is made of, for people. */
  readonly explanation: string;
}

/** Price of `network.egress` as the environment has it, by default at the list prices of us-east-1. */
export function egressPrice(environment: Environment, prices: PriceTable = listPrices): EgressPrice {
  const zones = environment.availabilityZones.length;
  if (environment.network.egress === 'nat') {
    const gatewayHourUsd = prices['natGateway.hour'].usd;
    const addressHourUsd = prices['publicAddress.hour'].usd;
    return {
      monthlyUsd: roundToCents(zones * (gatewayHourUsd + addressHourUsd) * hoursPerMonth),
      perGigabyteUsd: prices['natGateway.gigabyte'].usd,
      explanation: `${zones} NAT gateways at ${gatewayHourUsd} and their public addresses at ${addressHourUsd} USD an hour`,
    };
  }
  const services = interfaceEndpoints(environment);
  const endpointHourUsd = prices['interfaceEndpoint.hour'].usd;
  return {
    monthlyUsd: roundToCents(services.length * zones * endpointHourUsd * hoursPerMonth),
    perGigabyteUsd: prices['interfaceEndpoint.gigabyte'].usd,
    explanation:
      services.length === 0
        ? 'no interface endpoints: instances reach AWS from public addresses'
        : `${services.length} interface endpoints (${services.join(', ')}) in ${zones} zones at ${endpointHourUsd} USD an hour`,
  };
}

const roundToCents = (usd: number): number => Math.round(usd * 100) / 100;
