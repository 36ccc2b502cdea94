/** One revision of what the service runs. */
export interface TaskDefinition {
  readonly revision: number;
  /** Version that the backend reports. */
  readonly version: string;
  /** Environment variables of this revision, over those of the description. */
  readonly variables: Readonly<Record<string, string>>;
}
