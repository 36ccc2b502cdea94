import type { DescriptionOptions } from '@tideline/process';

/** The command line of `capacity` as typed, each value of the right type and range. */
export interface CapacityOptions extends DescriptionOptions {
  readonly slo: string;
  readonly headroom: number;
  readonly profile?: string;
  readonly url?: string;
  readonly control?: string;
  readonly allowRemote: boolean;
  readonly from?: string;
  readonly days?: number;
  readonly start?: number;
  readonly seconds: number;
  readonly out: string;
  readonly json: boolean;
  readonly quiet: boolean;
}
