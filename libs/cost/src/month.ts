/** Hours of a month, as AWS’s own calculator counts them: a year of 365 days over twelve. */
export const hoursPerMonth = 730;
export const daysPerMonth = hoursPerMonth / 24;
export const secondsPerHour = 3600;
export const bytesPerGigabyte = 1e9;
