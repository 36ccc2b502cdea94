import { beforeEach, describe, expect, test } from '@jest/globals';
import { answerOf, awsRequest } from '../../test/call-repair.ts';
import { type Repair } from '../gateway/repair.ts';
import { cloudfrontRepairs } from './cloudfront.ts';

const api = '/2020-05-31';
const id = 'E0000000000001';
const arn = `arn:aws:cloudfront::123456789012:distribution/${id}`;
const webAcl = (scope: string): string => `arn:aws:wafv2:us-east-1:123456789012:${scope}/webacl/shop/1`;

interface Settings {
  readonly enabled?: boolean;
  readonly webAclId?: string;
  readonly more?: string;
}

/** What is nested is not the distribution’s own. */
const settings = ({ enabled = true, webAclId = webAcl('global'), more = '' }: Settings = {}): string =>
  `<Enabled>${enabled}</Enabled><Logging><Enabled>false</Enabled></Logging><WebACLId>${webAclId}</WebACLId>${more}`;
const config = (given?: Settings): string =>
  `<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">${settings(given)}</DistributionConfig>`;
const tags = (pairs: Readonly<Record<string, string>>): string =>
  `<Tags><Items>${Object.entries(pairs)
    .map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`)
    .join('')}</Items></Tags>`;

/** What AWS says of a distribution that has none. */
const noGroups = '<OriginGroups><Quantity>0</Quantity></OriginGroups>';

describe('CloudFront behind the gateway', () => {
  let repairs: readonly Repair[];

  const create = (given?: Settings) =>
    answerOf(
      repairs,
      awsRequest({
        operation: `POST ${api}/distribution`,
        body: `<DistributionConfigWithTags>${config(given)}${tags({ stage: 'dev' })}</DistributionConfigWithTags>`,
      }),
    );
  const get = (part = '') =>
    answerOf(
      repairs,
      awsRequest({
        operation: `GET ${api}/distribution/{id}${part}`,
        path: `${api}/distribution/${id}${part}`,
      }),
    );
  const change = (given: Settings, version?: string) =>
    answerOf(
      repairs,
      awsRequest({
        operation: `PUT ${api}/distribution/{id}/config`,
        path: `${api}/distribution/${id}/config`,
        body: config(given),
        headers: new Headers(version === undefined ? {} : { 'if-match': version }),
      }),
    );
  const remove = (version: string) =>
    answerOf(
      repairs,
      awsRequest({
        operation: `DELETE ${api}/distribution/{id}`,
        path: `${api}/distribution/${id}`,
        headers: new Headers({ 'if-match': version }),
      }),
    );
  const list = () => answerOf(repairs, awsRequest({ operation: `GET ${api}/distribution` }));
  const tagging = (method: 'GET' | 'POST', query: Readonly<Record<string, string>>, body = '') =>
    answerOf(
      repairs,
      awsRequest({
        operation: `${method} ${api}/tagging`,
        path: `${api}/tagging`,
        query: new URLSearchParams({ Resource: arn, ...query }),
        body,
      }),
    );
  /** Its ETag after a change. */
  const versionAfter = async (given: Settings, before: string): Promise<string> =>
    (await change(given, before)).headers?.etag ?? '';

  beforeEach(async () => {
    repairs = cloudfrontRepairs();
    expect(await create()).toMatchObject({ status: 201, headers: { etag: `${id}V1` } });
  });

  test('a distribution has an ARN without a Region, its settings as they came, and is deployed once asked for', async () => {
    const { body } = await create();
    expect(body).toContain('<Status>InProgress</Status>');
    const answer = await get();
    expect(answer.headers).toEqual({ etag: `${id}V1` });
    expect(answer.body).toContain(`<ARN>${arn}</ARN><Status>Deployed</Status>`);
    expect(answer.body).toContain(`<DistributionConfig>${settings()}${noGroups}</DistributionConfig>`);
    expect(await get('/config')).toEqual({
      status: 200,
      headers: { etag: `${id}V1` },
      body: `<DistributionConfig>${settings()}${noGroups}</DistributionConfig>`,
    });
    expect((await list()).body).toContain('<Quantity>2</Quantity>');
  });

  test('a change names the last version, makes a new one, and is on its way until it is asked for', async () => {
    const given = { webAclId: '', more: '<OriginGroups><Quantity>1</Quantity></OriginGroups>' };
    expect(await change(given)).toMatchObject({ status: 400 });
    expect(await change(given, `${id}V0`)).toMatchObject({ status: 412 });
    const answer = await change(given, `${id}V1`);
    expect(answer).toMatchObject({ status: 200, headers: { etag: `${id}V2` } });
    expect(answer.body).toContain('<Status>InProgress</Status>');
    expect((await get()).body).toContain(`<DistributionConfig>${settings(given)}</DistributionConfig>`);
  });

  test('what is enabled, or disabled but not everywhere yet, cannot be deleted', async () => {
    await get();
    expect(await remove(`${id}V1`)).toMatchObject({ status: 409 });
    const disabled = await versionAfter({ enabled: false }, `${id}V1`);
    expect(await remove(disabled)).toMatchObject({ status: 409 });
    await get();
    expect(await remove(`${id}V1`)).toMatchObject({ status: 412 });
    expect(await remove(disabled)).toMatchObject({ status: 204 });
    expect(await get()).toMatchObject({ status: 404 });
    expect((await list()).body).toContain('<Quantity>0</Quantity>');
  });

  test('a web ACL of a Region is refused, at first and later', async () => {
    const given = { webAclId: webAcl('regional') };
    expect(await create(given)).toMatchObject({ status: 400 });
    expect(await change(given, `${id}V1`)).toMatchObject({ status: 400 });
  });

  test('tags come with the distribution, or later, and go', async () => {
    expect((await tagging('GET', {})).body).toBe(tags({ stage: 'dev' }));
    await tagging('POST', { Operation: 'Tag' }, tags({ stage: 'prod', team: 'a&amp;b' }));
    expect((await tagging('GET', {})).body).toBe(tags({ stage: 'prod', team: 'a&amp;b' }));
    await tagging('POST', { Operation: 'Untag' }, '<TagKeys><Items><Key>stage</Key></Items></TagKeys>');
    expect((await tagging('GET', {})).body).toBe(tags({ team: 'a&amp;b' }));
  });
});
