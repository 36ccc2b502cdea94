import { createHash } from 'node:crypto';
import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';

/**
 * Stands in for `docker` where no container engine works: `build` builds nothing, `push` registers a manifest under the
 * tag, so that everything around an image is real. Run as `stub-engine info|build|login|push …`.
 */
const [command, ...args] = process.argv.slice(2);

if (command === 'push') {
  const reference = args[0] ?? '';
  const [repository = '', tag = ''] = reference.slice(reference.indexOf('/') + 1).split(':');
  const config = Buffer.from(reference);
  const digest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.length,
      digest,
    },
    layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: config.length, digest }],
  };
  const client = new ECRClient({});
  await client.send(
    new PutImageCommand({
      repositoryName: repository,
      imageTag: tag,
      imageManifest: JSON.stringify(manifest),
    }),
  );
}
