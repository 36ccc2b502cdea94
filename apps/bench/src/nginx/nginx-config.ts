/**
 * nginx as a load balancer that tells its upstreams what the twin's balancer tells them, so that both do the same work.
 * Everything it writes stays in `folder`.
 */
export const nginxConfig = (options: {
  readonly folder: string;
  readonly port: number;
  /** `host:port` of each upstream. */
  readonly upstreams: readonly string[];
  /** Answered at `/<readyToken>`, by which a caller knows that it talks to this nginx and no other program. */
  readonly readyToken: string;
}): string => `worker_processes 1;
daemon off;
# The one worker is the one process: there is none that could outlive its master.
master_process off;
pid ${options.folder}/nginx.pid;
error_log ${options.folder}/error.log warn;
events {
  worker_connections 1024;
}
http {
  access_log off;
  client_body_temp_path ${options.folder}/client-body;
  proxy_temp_path ${options.folder}/proxy;
  fastcgi_temp_path ${options.folder}/fastcgi;
  uwsgi_temp_path ${options.folder}/uwsgi;
  scgi_temp_path ${options.folder}/scgi;
  # The default closes each connection after 1000 requests, which are a few seconds here.
  keepalive_requests 1000000000;
  upstream tasks {
${options.upstreams.map((upstream) => `    server ${upstream};`).join('\n')}
    keepalive 64;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${options.port};
    location = /${options.readyToken} {
      return 200;
    }
    location / {
      proxy_pass http://tasks;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Port $server_port;
      proxy_set_header X-Amzn-Trace-Id "Root=$request_id";
    }
  }
}
`;
