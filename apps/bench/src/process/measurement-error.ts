/** A program that the benchmark started failed, so that there is no figure. The message is fit for the report. */
export class MeasurementError extends Error {
  override readonly name = 'MeasurementError';
}
