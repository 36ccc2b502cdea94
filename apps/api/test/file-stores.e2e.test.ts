import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { FileStoreUnavailable, type FileStore } from '../src/files/file-store.ts';
import { openFileStore } from '../src/open-stores.ts';
import { ApiProcess } from './api-process.ts';
import { Browser } from './browser.ts';
import { fileStoreContract } from './file-store-contract.ts';
import { describeWith } from './find-program.ts';
import { GuardedProcess } from './guarded-process.ts';

describe('the disk store', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tideline-files-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const open = () => openFileStore({ kind: 'disk', folder });

  fileStoreContract({
    open,
    stored: (id) => readFile(join(folder, id)).catch(() => undefined),
    count: async () => (await readdir(folder)).length,
  });

  test('takes no path for an id', async () => {
    const store = await open();
    for (const id of ['../outside-of-the-folder', 'a/b/c/d/e/f/g/h/i', '', 'short']) {
      await expect(store.download(id, { name: 'x', mediaType: 'text/plain' })).rejects.toThrow(
        /a file id must be/,
      );
    }
  });

  test('refuses at the start a folder that it cannot use', async () => {
    const notAFolder = join(import.meta.filename, 'files');
    await expect(openFileStore({ kind: 'disk', folder: notAFolder })).rejects.toThrow(/ENOTDIR/);
  });
});

describeWith('moto_server', 'the S3 store', (file) => {
  const bucket = 'uploads-of-a-test';
  const credentials = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
  };
  const environment = { ...process.env };
  let moto: GuardedProcess;
  let endpoint: string;
  let client: S3Client;
  beforeAll(async () => {
    moto = new GuardedProcess([file, '-H', '127.0.0.1', '-p', '0'], { PYTHONUNBUFFERED: '1' });
    endpoint = (await moto.written(/Running on (http:\/\/\S+)/))[1]!;
    Object.assign(process.env, credentials);
    client = new S3Client({ endpoint, forcePathStyle: true });
    await client.send(
      new CreateBucketCommand({
        Bucket: bucket,
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
  });
  afterAll(async () => {
    process.env = environment;
    client.destroy();
    await moto.stop();
  });
  const opened: FileStore[] = [];
  const open = async (at = endpoint): Promise<FileStore> => {
    const store = await openFileStore({ kind: 's3', bucket, endpoint: at });
    opened.push(store);
    return store;
  };
  afterEach(() => opened.splice(0).forEach((store) => store.close()));

  const count = async (): Promise<number> => {
    const objects = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    return (objects.Contents ?? []).length + (uploads.Uploads ?? []).length;
  };
  fileStoreContract({
    open,
    stored: async (id) => {
      const found = await client
        .send(new GetObjectCommand({ Bucket: bucket, Key: `files/${id}` }))
        .catch(() => undefined);
      return found?.Body?.transformToByteArray();
    },
    count,
  });

  test('encrypts, and signs an address for a minute that has the browser save the file', async () => {
    const store = await open();
    const id = 'an-id-of-enough-length';
    await store.put(id, new Blob(['a;b']).stream(), 'text/csv');
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: `files/${id}` }));
    expect([head.ServerSideEncryption, head.ContentType]).toEqual(['AES256', 'text/csv']);
    const download = await store.download(id, { name: 'évil".html', mediaType: 'text/csv' });
    const query = new URL(download?.kind === 'redirect' ? download.url : '').searchParams;
    expect(query.get('X-Amz-Expires')).toBe('60');
    expect(query.get('response-content-disposition')).toBe(
      `attachment; filename="_vil_.html"; filename*=UTF-8''%C3%A9vil%22.html`,
    );
  });

  test('has browsers of the API get their files from S3 itself', async () => {
    const maxFileBytes = 6 * 1024 * 1024;
    const folder = await mkdtemp(join(tmpdir(), 'tideline-sessions-'));
    const api = new ApiProcess({
      ...credentials,
      SESSION_STORE: 'embedded',
      SESSION_FOLDER: folder,
      SESSION_KEYS: 'a-signing-key-of-enough-length-1',
      FILE_STORE: 's3',
      FILES_BUCKET: bucket,
      AWS_ENDPOINT_URL: endpoint,
      MAX_FILE_BYTES: String(maxFileBytes),
    });
    try {
      const url = await api.url();
      const send = (path: string, init: RequestInit) => fetch(url + path, { ...init, redirect: 'manual' });
      const [owner, other] = [new Browser(send), new Browser(send)];
      const before = await count();
      const uploaded = await owner.upload('résumé.csv', 'a;b', 'text/csv');
      expect([uploaded.status, await count()]).toEqual([201, before + 1]);
      const file = (await uploaded.json()) as { id: string };
      expect(await owner.json('/files')).toEqual({ files: [file] });

      const redirect = await owner.request(`/files/${file.id}`);
      expect([redirect.status, redirect.headers.get('cache-control')]).toEqual([302, 'no-store']);
      const location = redirect.headers.get('location')!;
      const download = await fetch(location);
      expect([await download.text(), download.headers.get('content-type')]).toEqual(['a;b', 'text/csv']);
      // moto answers with what the object has; S3 goes by the address.
      expect(new URL(location).searchParams.get('response-content-disposition')).toContain('sum%C3%A9.csv');

      await other.json('/session');
      expect((await other.request(`/files/${file.id}`)).status).toBe(404);
      expect((await other.send('DELETE', `/files/${file.id}`)).status).toBe(404);
      // A part of it is in S3 when the byte too many comes; after that nothing is sent that the closing could cut off.
      let end: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => (end = resolve));
      async function* oneByteTooMany(): AsyncGenerator<Uint8Array> {
        yield Buffer.alloc(maxFileBytes + 1, 'x');
        await answered;
      }
      const oversized = await fetch(`${url}/files?name=big.txt`, {
        method: 'POST',
        body: oneByteTooMany(),
        duplex: 'half',
        headers: { 'content-type': 'text/plain', cookie: owner.cookie! },
      });
      end();
      expect([oversized.status, await count()]).toEqual([413, before + 1]);

      expect((await owner.send('DELETE', `/files/${file.id}`)).status).toBe(204);
      expect([(await fetch(location)).ok, await count()]).toEqual([false, before]);
      expect((await owner.request(`/files/${file.id}`)).status).toBe(404);
    } finally {
      await api.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('says that it is unavailable when nobody answers', async () => {
    const store = await open('http://127.0.0.1:1');
    const source = new Blob(['text']).stream();
    await expect(store.put('an-id-of-enough-length', source, 'text/plain')).rejects.toBeInstanceOf(
      FileStoreUnavailable,
    );
    await expect(store.delete(['an-id-of-enough-length'])).rejects.toBeInstanceOf(FileStoreUnavailable);
  });
});
