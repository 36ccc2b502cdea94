import type { DeployTrust, Environment } from '@tideline/config';

/** What every stack is built from: the description, and what is known only where it is deployed. */
export interface StackContext {
  readonly environment: Environment;
  /** The account’s number, 12 digits. */
  readonly accountId: string;
  /** Image of the backend; null takes the tag `bootstrap` of its repository. */
  readonly image: string | null;
  /** Image of the load runner; null takes the tag `bootstrap` of its repository. */
  readonly loadRunnerImage: string | null;
  /** Archive of the Lambda function that tests releases, as apps/release-hook is bundled; only read where there is one. */
  readonly releaseHookFile: string;
  /** The repository whose workflows deploy; null gives no workflow a role. */
  readonly deployTrust: DeployTrust | null;
  /** Whether S3 is addressed by path instead of by host name, as an endpoint other than AWS’s own needs. */
  readonly s3PathStyle: boolean;
  /**
   * Where the `state` stack keeps its own state: a file until its bucket exists, then that bucket. A lock table that the
   * description names and that does not exist yet cannot lock the run that makes it: then S3 locks alone.
   */
  readonly stateBackend: 'local' | 's3' | 's3-without-table';
}
