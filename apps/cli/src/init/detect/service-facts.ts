/** A folder, as detection reads it: the text of a file, or null where it is missing. */
export type ReadFile = (name: string) => string | null;

/** What one file says of the service; what it does not say is absent. */
export interface ServiceFacts {
  /** Command that starts it on this machine. */
  readonly command?: string;
  readonly port?: number;
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target?: string };
  /** Path that answers 200 where it is well. */
  readonly health?: string;
  readonly name?: string;
  /** Stages of the Dockerfile that have a name. */
  readonly stages?: readonly string[];
}

/** What a file says, under its name. */
export interface Source {
  readonly file: string;
  readonly facts: ServiceFacts;
}
