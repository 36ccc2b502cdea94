import type { ProxyConfigOptions } from './nginx-config.ts';

/** HAProxy with one thread, which tells its upstreams what the twin’s balancer tells them, so that both do the same work. */
export const haproxyConfig = ({
  port,
  upstreams,
  readyToken,
}: Omit<ProxyConfigOptions, 'folder'>): string => `global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 10s
  timeout client 60s
  timeout server 60s
frontend clients
  bind 127.0.0.1:${port} backlog 1024
  http-request return status 200 if { path /${readyToken} }
  unique-id-format Root=1-%[date,hex]-%[uuid()]
  http-request set-header X-Amzn-Trace-Id %[unique-id]
  option forwardfor
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Port %[dst_port]
  default_backend tasks
backend tasks
  balance roundrobin
  http-reuse always
${upstreams.map((upstream, index) => `  server task-${index} ${upstream}`).join('\n')}
`;
