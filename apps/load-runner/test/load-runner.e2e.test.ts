import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readlinkSync, readdirSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { LoadProfileInput } from '@tideline/config';
import {
  killLoadRunners,
  latestRecord,
  serveHttp,
  startLoadRunner,
  startLoadRunnerIn,
} from './run-load-runner.ts';

const servers: { close(): void }[] = [];
afterEach(() => {
  killLoadRunners();
  for (const server of servers.splice(0)) server.close();
});

async function target(listener: RequestListener = (_, response) => response.end('ok')) {
  const arrivalsMs: number[] = [];
  const server = await serveHttp((request, response) => {
    // The runner asks once, before the load, whether anybody is there.
    if (request.headers['user-agent'] === 'tideline-load-runner') arrivalsMs.push(performance.now());
    listener(request, response);
  });
  servers.push(server);
  return { ...server, arrivalsMs };
}

function profileFile(profile: Partial<LoadProfileInput>): string {
  const path = join(mkdtempSync(join(tmpdir(), 'load-runner-profile-')), 'profile.json');
  const stages = [{ users: 5, usersPerSecond: 1000, holdSeconds: 1, requestsPerSecond: 50 }];
  writeFileSync(path, JSON.stringify({ name: 'test', stages, endpoints: [{ path: '/' }], ...profile }));
  return path;
}

describe('a run against a URL', () => {
  test('counts every request that the server got, writes record and reports, and exits 0', async () => {
    const { url, arrivalsMs } = await target();
    const { ended, outDir } = startLoadRunner('--target', url, '--profile', profileFile({}));
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const record = latestRecord(outDir);
    expect(record).toMatchObject({
      status: 'completed',
      observedBy: 'none',
      profile: 'test',
      verdict: { passed: true },
    });
    expect(record.load.requests).toBe(arrivalsMs.length);
    expect(record.load.failures).toEqual({ total: 0, byKind: {} });
    expect(record.load.askedRequestsPerSecond).toBeCloseTo(50, -1);
    expect(record.load.phases.map(({ name }) => name)).toEqual(['steady']);
    const folder = join(outDir, readlinkSync(join(outDir, 'latest')));
    expect(readdirSync(folder).sort()).toEqual(['report.html', 'report.md', 'run-record.json']);
    expect(stdout).toContain(join(folder, 'run-record.json'));
    expect(readdirSync(outDir).sort()).toEqual([basename(folder), 'index.html', 'latest'].sort());
  });

  test('writes JUnit, CSV and a latency log where --export says, and adds to the summary of a step', async () => {
    const { url } = await target();
    const folder = mkdtempSync(join(tmpdir(), 'load-runner-export-'));
    const [junit, csv, hdr, summary] = ['j.xml', 't.csv', 'l.hlog', 'summary.md'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    const { ended } = startLoadRunnerIn(
      { ...process.env, GITHUB_STEP_SUMMARY: summary },
      ...['--target', url, '--profile', profileFile({})],
      ...['--export', `junit=${junit},csv=${csv}`, '--export', `hdr=${hdr}`],
    );
    expect((await ended).code).toBe(0);
    expect(readFileSync(junit, 'utf8')).toContain(
      '<testcase classname="none under test" name="failed-requests"',
    );
    expect(readFileSync(csv, 'utf8')).toMatch(/^cloudSeconds,series,value\r\n/u);
    expect(readFileSync(hdr, 'utf8')).toMatch(/^#\[Histogram log format version 1\.3\]/u);
    expect(readFileSync(summary, 'utf8')).toContain('## ✅ Passed: none under test');
  });

  test('spreads arrivals: most requests do not come in a burst', async () => {
    const { url, arrivalsMs } = await target();
    const stages = [{ users: 50, usersPerSecond: 10_000, holdSeconds: 3, requestsPerSecond: 250 }];
    const { ended } = startLoadRunner('--target', url, '--profile', profileFile({ stages }), '--quiet');
    await ended;
    const around = arrivalsMs.map((at) => arrivalsMs.filter((other) => Math.abs(other - at) < 5).length);
    // Evenly, 10 ms hold 2.5 requests; in step, as many as there are users. A busy machine may delay some.
    const inBursts = around.filter((count) => count > 12).length;
    expect(inBursts).toBeLessThan(arrivalsMs.length / 2);
  });

  test('drives a trace, and its record says which', async () => {
    const { url, arrivalsMs } = await target();
    const path = join(mkdtempSync(join(tmpdir(), 'load-runner-trace-')), 'requests.csv');
    writeFileSync(
      path,
      'time,requests\n2026-03-01T08:00:00Z,40\n2026-03-01T08:00:01Z,0\n2026-03-01T08:00:02Z,60\n',
    );
    const trace = ['--trace', path, '--arrivals', 'even'];
    const { ended, outDir } = startLoadRunner(
      '--target',
      url,
      '--profile',
      profileFile({}),
      '--quiet',
      ...trace,
    );
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { profile, warnings, load } = latestRecord(outDir);
    expect({ profile, code: warnings[0]?.code }).toEqual({
      profile: 'trace-requests-csv',
      code: 'TL-RUN-TRACE',
    });
    expect(load.requests).toBe(arrivalsMs.length);
    // A stage that is seen to end some milliseconds late has a request more.
    expect(Math.abs(load.requests - 100)).toBeLessThanOrEqual(8);
    const [first = 0] = arrivalsMs;
    // The second second is silent; a busy machine may send the last of the first one late.
    expect(arrivalsMs.filter((at) => at - first > 1500 && at - first < 1900)).toEqual([]);
  });

  test('logs each user in, and sends the token that it got', async () => {
    const seen: string[] = [];
    const { url } = await target((request, response) => {
      if (request.headers['user-agent'] !== 'tideline-load-runner') {
        response.end();
        return;
      }
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
      response.end(JSON.stringify({ session: { token: `token-of-${request.url?.split('/')[2]}` } }));
    });
    const file = join(mkdtempSync(join(tmpdir(), 'load-runner-data-')), 'users.csv');
    writeFileSync(file, 'name\nana\nbo\n');
    const profile: Partial<LoadProfileInput> = {
      stages: [{ users: 2, usersPerSecond: 1000, holdSeconds: 1, requestsPerSecond: 20 }],
      data: { file },
      endpoints: [
        {
          ...{ method: 'POST', path: '/login/{{data.name}}', when: 'start' },
          extract: [{ name: 'token', path: 'session.token' }],
        },
        { method: 'PATCH', path: '/orders', headers: { authorization: '{{token}}' }, body: '{}' },
      ],
    };
    const { code } = await startLoadRunner('--target', url, '--profile', profileFile(profile), '--quiet')
      .ended;
    expect(code).toBe(0);
    expect([...new Set(seen)].sort()).toEqual([
      'PATCH /orders token-of-ana',
      'PATCH /orders token-of-bo',
      'POST /login/ana ',
      'POST /login/bo ',
    ]);
    expect(seen.filter((line) => line.startsWith('POST'))).toHaveLength(2);
  });

  test('refuses a trace that cannot be read, before any load', async () => {
    const { url, arrivalsMs } = await target();
    const path = join(mkdtempSync(join(tmpdir(), 'load-runner-trace-')), 'requests.csv');
    writeFileSync(path, 'time,requests\n2026-03-01T08:00:00Z,many\n');
    const { ended, outDir } = startLoadRunner('--target', url, '--trace', path);
    const { code, stderr } = await ended;
    expect(code).toBe(2);
    expect(stderr).toContain(`TL-TRACE-NUMBER ${path}:2: got the value "many"`);
    expect({ requests: arrivalsMs.length, written: existsSync(outDir) }).toEqual({
      requests: 0,
      written: false,
    });
  });

  test('prints one JSON object with --json, and nothing else', async () => {
    const { url } = await target();
    const { ended, outDir } = startLoadRunner('--target', url, '--profile', profileFile({}), '--json');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    const printed = JSON.parse(stdout) as {
      record: string;
      verdict: { passed: boolean };
      load: { requests: number };
    };
    expect(printed.verdict.passed).toBe(true);
    expect(dirname(dirname(printed.record))).toBe(outDir);
    expect(printed.load.requests).toBe(latestRecord(outDir).load.requests);
  });

  test('takes no offence at servers that close after every answer', async () => {
    const { url, arrivalsMs } = await target((_, response) => {
      response.setHeader('connection', 'close').end('ok');
    });
    const stages = [{ users: 5, usersPerSecond: 1000, holdSeconds: 1 }];
    const { ended, outDir } = startLoadRunner('--target', url, '--profile', profileFile({ stages }));
    expect((await ended).code).toBe(0);
    expect(latestRecord(outDir).load).toMatchObject({ requests: arrivalsMs.length, failures: { total: 0 } });
  });
});

test('a target that hints, and then redirects, passes with a warning and figures', async () => {
  const { url } = await target((_, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeHead(301, { location: '/elsewhere' }).end();
  });
  const { ended } = startLoadRunner('--target', url, '--profile', profileFile({}));
  const { code, stdout: printed } = await ended;
  // Nx asks for colours also where nothing shows them.
  const stdout = stripVTControlCharacters(printed);
  expect(code).toBe(0);
  expect(stdout).toMatch(/PASSED .* requests \(\d+ 3xx\), none failed/);
  expect(stdout).toMatch(/^ +Answers +0 % 2xx +\d+ 3xx$/m);
  expect(stdout).toContain('TL-RUN-REDIRECTS: GET / answered');
});

describe('failures', () => {
  test('error answers are counted by status, and the run fails', async () => {
    const { url } = await target((request, response) => {
      response.writeHead(request.url === '/broken' ? 500 : 404).end();
    });
    const endpoints = [{ path: '/broken', weight: 3 }, { path: '/missing' }];
    const { ended, outDir } = startLoadRunner('--target', url, '--profile', profileFile({ endpoints }));
    expect((await ended).code).toBe(1);
    const { failures, requests, latencyMs } = latestRecord(outDir).load;
    expect(failures.total).toBe(requests);
    expect(Object.keys(failures.byKind).sort()).toEqual(['http-404', 'http-500']);
    expect((failures.byKind['http-500'] ?? 0) / requests).toBeCloseTo(0.75, 1);
    expect(latestRecord(outDir).load.endpoints).toMatchObject([
      { endpoint: 'GET /broken', statuses: { 500: failures.byKind['http-500'] } },
      { endpoint: 'GET /missing', statuses: { 404: failures.byKind['http-404'] } },
    ]);
    expect(latencyMs.max).toBe(0);
  });

  test('a server that never answers costs a timeout per request', async () => {
    let probed = false;
    const { url, arrivalsMs } = await target((_, response) => {
      if (!probed) response.end();
      probed = true;
    });
    const { ended, outDir } = startLoadRunner(
      '--target',
      url,
      '--profile',
      profileFile({ timeoutSeconds: 0.2 }),
    );
    expect((await ended).code).toBe(1);
    const { failures, requests } = latestRecord(outDir).load;
    expect(requests).toBe(arrivalsMs.length);
    expect(failures.byKind).toEqual({ timeout: requests });
  });

  test('a server that goes away is counted, each refusal and each lost connection', async () => {
    const server = await target();
    const stages = [{ users: 5, usersPerSecond: 1000, holdSeconds: 3, requestsPerSecond: 50 }];
    const { ended, outDir } = startLoadRunner('--target', server.url, '--profile', profileFile({ stages }));
    while (server.arrivalsMs.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    server.close();
    expect((await ended).code).toBe(1);
    const { failures, requests } = latestRecord(outDir).load;
    expect(failures.byKind['connection-refused']).toBeGreaterThan(0);
    expect(requests).toBeGreaterThan(failures.total);
    expect(requests).toBeGreaterThan(100);
  });
});

describe('interruption', () => {
  const stages = [{ users: 5, usersPerSecond: 1000, holdSeconds: 60, requestsPerSecond: 50 }];

  test('Ctrl-C ends the load at once, keeps what was done as an interrupted run, and exits 130', async () => {
    const server = await target();
    const { child, ended, outDir } = startLoadRunner(
      '--target',
      server.url,
      '--profile',
      profileFile({ stages }),
    );
    while (server.arrivalsMs.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    const record = latestRecord(outDir);
    expect(record.status).toBe('interrupted');
    expect(record.verdict.passed).toBe(false);
    expect(record.load.requests).toBeGreaterThanOrEqual(15);
    expect(record.load.failures.total).toBe(0);
  });

  test('the end of standard input does the same, where that was asked for', async () => {
    const server = await target();
    const { child, ended, outDir } = startLoadRunner(
      ...['--target', server.url, '--profile', profileFile({ stages }), '--stop-on-stdin-end'],
    );
    while (server.arrivalsMs.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    child.stdin.end();
    expect((await ended).code).toBe(130);
    expect(latestRecord(outDir).status).toBe('interrupted');
  });
});

describe('wrong usage exits 2, says what to do, and writes nothing', () => {
  test.each([
    [['--profile', 'hedline'], 'unknown profile "hedline"'],
    [['--profile', './nothing.json'], '--profile ./nothing.json: '],
    [['--users', '0'], 'Allowed: a whole number from 1 to 10000'],
    [['--idle-speed', '60'], 'add --observe URL'],
    [['--observe', 'http://127.0.0.1:1'], 'TL-RUN-OBSERVER GET http://127.0.0.1:1/observation got no answer'],
    [['--environment', 'package.json'], '--environment package.json: '],
    [['--surprise'], "unknown option '--surprise'"],
  ])('%j', async (args, message) => {
    const { url } = await target();
    const { ended, outDir } = startLoadRunner('--target', url, ...args);
    const { code, stdout, stderr } = await ended;
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(existsSync(outDir)).toBe(false);
  });

  test('a folder for reports that cannot be one', async () => {
    const { url } = await target();
    const file = profileFile({});
    const { code, stderr } = await startLoadRunner('--target', url, '--out', join(file, 'reports')).ended;
    expect(code).toBe(2);
    expect(stderr).toContain(`TL-RUN-OUT --out: ${file} is not a folder`);
    const inTheWay = join(dirname(file), 'latest');
    writeFileSync(inTheWay, '');
    const blocked = await startLoadRunner('--target', url, '--out', dirname(file)).ended;
    expect(blocked.code).toBe(2);
    expect(blocked.stderr).toContain(`${inTheWay} is in the way`);
  });

  test('a profile file with a typo', async () => {
    const { url } = await target();
    const path = profileFile({});
    writeFileSync(path, readFileSync(path, 'utf8').replace('holdSeconds', 'holdSecond'));
    const { code, stderr } = await startLoadRunner('--target', url, '--profile', path).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('TL-CONFIG-SCHEMA');
    expect(stderr).toContain('holdSecond');
  });

  test('a target where nobody listens, and one that is not this machine', async () => {
    const server = await target();
    server.close();
    const nobody = await startLoadRunner('--target', server.url).ended;
    expect(nobody.code).toBe(2);
    expect(nobody.stderr).toContain('did not answer');
    const remote = await startLoadRunner('--target', 'http://192.0.2.1').ended;
    expect(remote.code).toBe(2);
    expect(remote.stderr).toContain('--allow-remote');
  });
});

test('help tells every option, and exits 0', async () => {
  const { child, ended } = startLoadRunner('--help');
  await once(child, 'exit');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  for (const option of ['--target', '--profile', '--observe', '--json', '--allow-remote']) {
    expect(stdout).toContain(option);
  }
});
