import { Readable } from 'node:stream';
import { DeleteObjectsCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import {
  attachment,
  FileStoreUnavailable,
  type Download,
  type FileLabel,
  type FileStore,
} from './file-store.ts';

export interface S3FileStoreOptions {
  readonly bucket: string;
  /** Set where something stands in for AWS: buckets are then in the path, since its host has no names for them. */
  readonly endpoint: string | undefined;
}

/** So that the bucket’s rules can tell uploads from whatever else it holds. */
const keyPrefix = 'files/';
/** Enough for a browser to follow a redirect; whoever gets hold of the address later gets nothing. */
const addressLifeSeconds = 60;
/** The least that S3 takes; two of them are in memory at a time for each upload. */
const partBytes = 5 * 1024 * 1024;
const partsAtATime = 2;

/**
 * Files in a bucket, by the credentials and the region that the AWS SDK finds. The bytes of a download go from S3 to the
 * browser, by an address that is signed for this one file, as an attachment.
 */
export function openS3FileStore({ bucket, endpoint }: S3FileStoreOptions): FileStore {
  const client = new S3Client({
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
  return new S3FileStore(client, bucket);
}

class S3FileStore implements FileStore {
  readonly kind = 's3';
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(id: string, source: AsyncIterable<Uint8Array>, mediaType: string): Promise<void> {
    const failure: { ofSource?: unknown } = {};
    const upload = new Upload({
      client: this.#client,
      params: {
        Bucket: this.#bucket,
        Key: keyPrefix + id,
        Body: Readable.from(withFailure(source, failure), { objectMode: false }),
        ContentType: mediaType,
        // Its name comes with the address; without that, still nothing to show.
        ContentDisposition: 'attachment',
        ServerSideEncryption: 'AES256',
      },
      partSize: partBytes,
      queueSize: partsAtATime,
    });
    try {
      await upload.done();
    } catch (error) {
      // A failed upload has aborted itself: no parts stay behind.
      if ('ofSource' in failure) throw failure.ofSource;
      throw unavailable(error);
    }
  }

  async download(id: string, { name, mediaType }: FileLabel): Promise<Download> {
    const command = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: keyPrefix + id,
      ResponseContentDisposition: attachment(name),
      ResponseContentType: mediaType,
      ResponseCacheControl: 'private, no-store',
    });
    try {
      const url = await getSignedUrl(this.#client, command, { expiresIn: addressLifeSeconds });
      return { kind: 'redirect', url };
    } catch (error) {
      throw unavailable(error);
    }
  }

  async delete(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const command = new DeleteObjectsCommand({
      Bucket: this.#bucket,
      Delete: { Objects: ids.map((id) => ({ Key: keyPrefix + id })), Quiet: true },
    });
    const { Errors: errors = [] } = await this.#client.send(command).catch((error: unknown) => {
      throw unavailable(error);
    });
    if (errors.length > 0)
      throw unavailable(new Error(`${errors.length} not deleted: ${errors[0]?.Code ?? ''}`));
  }

  close(): void {
    this.#client.destroy();
  }
}

const unavailable = (cause: unknown): FileStoreUnavailable =>
  new FileStoreUnavailable('S3 did not carry out the request', { cause });

/** Passes the bytes on and remembers what their source threw, which the SDK would hand back as an error of its own. */
async function* withFailure(
  source: AsyncIterable<Uint8Array>,
  failure: { ofSource?: unknown },
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    failure.ofSource = error;
    throw error;
  }
}
