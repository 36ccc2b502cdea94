import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api/index.js';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration/index.js';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route/index.js';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage/index.js';
import { Apigatewayv2VpcLink } from '@cdktf/provider-aws/lib/apigatewayv2-vpc-link/index.js';
import { type Environment, type Ingress, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { createLogGroup } from '../ground/log-group.ts';

/** What is logged of a request, by the name that it has there (API Gateway guide, HTTP API logging variables). */
const accessLogFields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  protocol: '$context.protocol',
  status: '$context.status',
  integrationStatus: '$context.integrationStatus',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

export interface HttpApiProps {
  readonly environment: Environment;
  readonly ingress: Ingress<'api-gateway'>;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** Listener of the internal balancer. */
  readonly listenerArn: string;
}

/** The HTTP API that clients reach: one stage and one route, which leads everything to an internal balancer. */
export class HttpApi extends Construct {
  readonly apiId: string;
  readonly stageName: string;
  readonly logGroupName: string;
  /** Where the service answers. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { environment, ingress } = props;
    const names = resourceNames(environment);
    const api = new Apigatewayv2Api(this, 'api', {
      name: names.httpApi,
      protocolType: 'HTTP',
      ...corsOf(ingress),
    });
    const integration = this.#integration(api.id, props);
    const route = new Apigatewayv2Route(this, 'proxy', {
      apiId: api.id,
      // Whatever the method and the path; preflight requests are answered by the API itself where CORS is asked for.
      routeKey: '$default',
      target: `integrations/${integration.id}`,
    });
    const log = createLogGroup(this, 'log', { environment, name: names.httpApiLogGroup });
    const { burstLimit, rateLimitPerSecond } = ingress.throttling;
    const stage = new Apigatewayv2Stage(this, 'stage', {
      apiId: api.id,
      name: ingress.stage,
      autoDeploy: true,
      accessLogSettings: { destinationArn: log.arn, format: JSON.stringify(accessLogFields) },
      defaultRouteSettings: {
        throttlingBurstLimit: burstLimit,
        throttlingRateLimit: rateLimitPerSecond,
        // Metrics of a route cost what custom metrics do, and there is one route.
        detailedMetricsEnabled: false,
      },
      dependsOn: [route],
    });
    this.apiId = api.id;
    this.stageName = stage.name;
    this.logGroupName = log.name;
    // The base path begins with the stage: the description is refused otherwise.
    this.url = `${api.apiEndpoint}${environment.container.basePath}`;
  }

  #integration(apiId: string, { environment, ingress, ...props }: HttpApiProps): Apigatewayv2Integration {
    const link = new Apigatewayv2VpcLink(this, 'vpc-link', {
      name: resourceNames(environment).vpcLink,
      subnetIds: props.subnetIds,
      securityGroupIds: [props.securityGroupId],
    });
    return new Apigatewayv2Integration(this, 'integration', {
      apiId,
      integrationType: 'HTTP_PROXY',
      integrationMethod: 'ANY',
      integrationUri: props.listenerArn,
      connectionType: 'VPC_LINK',
      connectionId: link.id,
      payloadFormatVersion: '1.0',
      timeoutMilliseconds: ingress.timeoutSeconds * 1000,
    });
  }
}

function corsOf({ cors }: Ingress<'api-gateway'>) {
  if (cors === null) return {};
  return {
    corsConfiguration: {
      allowOrigins: [...cors.allowOrigins],
      allowMethods: [...cors.allowMethods],
      allowHeaders: [...cors.allowHeaders],
      maxAge: cors.maxAgeSeconds,
    },
  };
}
