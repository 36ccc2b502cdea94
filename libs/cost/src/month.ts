import { hoursPerMonth } from '@tideline/config';

export { hoursPerMonth };
export const daysPerMonth = hoursPerMonth / 24;
export const secondsPerHour = 3600;
export const bytesPerGigabyte = 1e9;
