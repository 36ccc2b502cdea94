/** What a client asks AWS for, whichever of AWS’s protocols it speaks. */
export interface AwsRequest {
  /** As in the signature’s scope: `ecs`, `application-autoscaling`; empty when the request is not signed. */
  readonly service: string;
  /**
   * `DescribeServices`; for a REST service method and path, such as `GET /v2/apis`, and for a distribution without its id,
   * such as `GET /2020-05-31/distribution/{id}`; for a bucket the part that is asked for, such as `PUT /{bucket}?policy`.
   */
  readonly operation: string;
  /** Without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The JSON body, or the form’s fields. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** As it came: for what is neither JSON nor a form. */
  readonly body: string;
}

export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
}

const distributionId = /(?<=^\/2020-05-31\/distribution\/)[^/]+/;
const formType = 'application/x-www-form-urlencoded';

/** True when the operation’s name stands in the body, so that the body must be read to know it. */
export const isQueryProtocol = ({ headers }: RequestHead): boolean =>
  headers.get('content-type')?.startsWith(formType) === true;

/** What is asked for; `body` is needed for the query protocol only. */
export function identify(
  head: RequestHead,
  body = '',
): Pick<AwsRequest, 'service' | 'operation' | 'path' | 'query'> {
  const scope = /Credential=[^/]+\/\d+\/[^/]*\/([^/]+)\/aws4_request/.exec(
    head.headers.get('authorization') ?? '',
  );
  const service = scope?.[1] ?? '';
  const { pathname, searchParams } = new URL(head.path, 'http://localhost');
  const target = head.headers.get('x-amz-target')?.split('.').at(-1);
  const action = new URLSearchParams(body).get('Action') ?? searchParams.get('Action');
  const operation =
    target ??
    action ??
    (service === 's3' ? bucketOperation(head) : undefined) ??
    `${head.method} ${pathname.replace(distributionId, '{id}')}`;
  return { service, operation, path: pathname, query: searchParams };
}

function bucketOperation({ method, path }: RequestHead): string | undefined {
  const part = /^\/[^/?]+\/?(?:\?([\w-]+)(?:=[^&]*)?(?:&.*)?)?$/.exec(path);
  if (part === null) return undefined;
  return part[1] === undefined ? `${method} /{bucket}` : `${method} /{bucket}?${part[1]}`;
}

/** The request’s parameters from its body: JSON, or a form. A body that is neither has none. */
export function parameters(head: RequestHead, body: string): AwsRequest['parameters'] {
  if (isQueryProtocol(head)) return Object.fromEntries(new URLSearchParams(body));
  return body.startsWith('{') ? (JSON.parse(body) as AwsRequest['parameters']) : {};
}
