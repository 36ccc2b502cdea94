/** One hour, as it was forecast before it began and as it was. */
export interface ForecastHour {
  /** Start of the hour, cloud seconds. */
  readonly startSeconds: number;
  readonly forecastLoad: number;
  readonly actualLoad: number;
  /** Tasks or instances that each of the two asks for, whatever the bounds. */
  readonly forecastCapacity: number;
  readonly neededCapacity: number;
}

/** How far forecasts were from what came, over hours that were forecast before they began. Null where no hour says anything. */
export interface ForecastError {
  /** Hours that were forecast and have been measured since. */
  readonly hours: number;
  /** Mean of |actual - forecast| / actual over hours with a load above 0, percent (mean absolute percentage error). */
  readonly mapePercent: number | null;
  /** Sum of |actual - forecast| over the sum of the actual load, percent: weighs each hour by its load, so that hours without load count. */
  readonly wapePercent: number | null;
  /** Share of the hours in which the capacity needed was at most the capacity forecast, percent. */
  readonly coveragePercent: number | null;
}

/** The errors of forecasts, by their usual definitions (see the fields). */
export function forecastError(hours: readonly ForecastHour[]): ForecastError {
  let [ratios, loaded, missed, load, covered] = [0, 0, 0, 0, 0];
  for (const { forecastLoad, actualLoad, forecastCapacity, neededCapacity } of hours) {
    const difference = Math.abs(actualLoad - forecastLoad);
    if (actualLoad > 0) {
      ratios += difference / actualLoad;
      loaded += 1;
    }
    missed += difference;
    load += actualLoad;
    if (neededCapacity <= forecastCapacity) covered += 1;
  }
  const percent = (part: number, whole: number): number | null => (whole > 0 ? (100 * part) / whole : null);
  return {
    hours: hours.length,
    mapePercent: percent(ratios, loaded),
    wapePercent: percent(missed, load),
    coveragePercent: percent(covered, hours.length),
  };
}
