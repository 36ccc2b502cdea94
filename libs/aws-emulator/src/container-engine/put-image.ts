import { createHash } from 'node:crypto';

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';
const target = 'AmazonEC2ContainerRegistry_V20150921.PutImage';

interface Registry {
  /** The emulator’s endpoint. */
  readonly url: string;
  readonly request: (request: Request) => Promise<Response>;
}

/**
 * Registers a tag in the emulator’s ECR, with a manifest whose one layer exists nowhere.
 *
 * @param reference `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`
 * @returns null when ECR has it, else why not
 */
export async function putImage(reference: string, { url, request }: Registry): Promise<string | null> {
  const [, registryId, region, repositoryName, imageTag] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+):([^:@]+)$/.exec(reference) ?? [];
  if (region === undefined)
    return `got "${reference}"; expected <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`;
  const scope = `test/20260101/${region}/ecr/aws4_request`;
  const answer = await request(
    new Request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': target,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify({ registryId, repositoryName, imageTag, imageManifest: manifest(reference) }),
    }),
  );
  return answer.ok ? null : `ECR answered ${answer.status}: ${await answer.text()}`;
}

/** Another reference is another image: its digest comes from the reference. */
function manifest(reference: string): string {
  const digest = `sha256:${createHash('sha256').update(reference).digest('hex')}`;
  const size = reference.length;
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', size, digest },
    layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size, digest }],
  });
}
