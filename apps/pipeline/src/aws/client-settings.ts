/** What every AWS client is made with; credentials and endpoint come from the environment, as the SDK reads them. */
export interface ClientSettings {
  readonly region: string;
}
