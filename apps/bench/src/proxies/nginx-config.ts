export interface ProxyConfigOptions {
  readonly folder: string;
  readonly port: number;
  /** `host:port` of each upstream. */
  readonly upstreams: readonly string[];
  /** Answered at `/<readyToken>`, by which a caller knows that it talks to this program and no other. */
  readonly readyToken: string;
}

/** Every nginx here is one process in the foreground, for as many connections as any load has, and writes into `folder` only. */
const frame = (folder: string, http: string): string => `worker_processes 1;
daemon off;
# The one worker is the one process: there is none that could outlive its master.
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events {
  worker_connections 4096;
}
http {
  access_log off;
  client_body_temp_path ${folder}/client-body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  # The default closes each connection after 1000 requests, which are a few seconds here.
  keepalive_requests 1000000000;
${http}}
`;

/**
 * nginx as a web server of files of its folder, several times faster than any proxy in front of it.
 * `/` answers health checks.
 */
export const nginxStaticConfig = ({
  folder,
  port,
  readyToken,
}: Omit<ProxyConfigOptions, 'upstreams'>): string =>
  frame(
    folder,
    `  sendfile on;
  tcp_nopush on;
  open_file_cache max=100;
  server {
    listen 127.0.0.1:${port} backlog=1024;
    root ${folder};
    location = /${readyToken} {
      return 200;
    }
    location = / {
      return 200;
    }
  }
`,
  );

/** nginx as a load balancer that tells its upstreams what the twin’s balancer tells them, so that both do the same work. */
export const nginxConfig = ({ folder, port, upstreams, readyToken }: ProxyConfigOptions): string =>
  frame(
    folder,
    `  upstream tasks {
${upstreams.map((upstream) => `    server ${upstream};`).join('\n')}
    keepalive 512;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${port} backlog=1024;
    location = /${readyToken} {
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
`,
  );
