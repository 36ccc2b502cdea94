import { askHttp } from '@tideline/process/ask-http';
import type { Probe } from './health-check.ts';

/** One GET on a connection of its own, as a load balancer node makes it. The body is not read. */
export const httpProbe: Probe = (request) => askHttp({ ...request, userAgent: 'ELB-HealthChecker/2.0' });
