/** Where the backend finds what it keeps outside itself; null where the environment keeps no such thing. */
export interface StoreReferences {
  readonly sessions: {
    /** Primary endpoint, which moves with a failover, as host:port. */
    readonly address: string;
    readonly tokenSecretArn: string;
    readonly keysSecretArn: string;
  } | null;
  /** Secret of the stress routes’ token, where it is made here. */
  readonly stressTokenSecretArn: string | null;
  readonly files: { readonly bucketName: string; readonly bucketArn: string } | null;
}

export const noStores: StoreReferences = { sessions: null, files: null, stressTokenSecretArn: null };
