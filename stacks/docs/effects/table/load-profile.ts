import type { Effect, Effects } from '../effect.ts';

const proven =
  (acts: string, suite: string) =>
  (title: string): Effect => ({ acts, suite, title });

const folder = 'apps/load-runner/src/load';
const timeline = proven('the load over time', `${folder}/schedule/stage-timeline.test.ts`);
const shared = proven('when requests are sent', `${folder}/shared-load.test.ts`);
const bytes = proven('the request that is sent', `${folder}/connection/request-bytes.test.ts`);
const source = proven('the request that is sent', `${folder}/requests/request-source.test.ts`);
const rotation = proven('which endpoint is next', `${folder}/connection/endpoint-rotation.test.ts`);
const connection = proven('connections of users', `${folder}/connection/autocannon-connection.e2e.test.ts`);
const run = proven('a run of the load runner', 'apps/load-runner/test/load-runner.e2e.test.ts');
const options = proven('the record of a run', 'apps/load-runner/src/cli/options.test.ts');
const verdict = proven('the verdict on a run', 'libs/evidence/src/judge/judge-run.test.ts');
const loggedIn = source('logs in with its row of the data, and sends what the answer gave');

/** Fields of a load profile, all of which the load runner acts on. */
export const loadProfileEffects: Effects = {
  'profile.name': options('takes the profile that the exchange holds, and not the one that was named'),
  'profile.stages': timeline('a load lasts as long as its ramps and holds together'),
  'profile.stages[].users': timeline(
    'users join and leave one by one, and the next change always lies ahead',
  ),
  'profile.stages[].usersPerSecond': timeline('a load lasts as long as its ramps and holds together'),
  'profile.stages[].rampSeconds': timeline(
    'the rate goes in a straight line from that of the stage before, once users are in',
  ),
  'profile.stages[].holdSeconds': timeline('a load lasts as long as its ramps and holds together'),
  'profile.stages[].requestsPerSecond': timeline(
    'the rate goes in a straight line from that of the stage before, once users are in',
  ),
  'profile.arrivals': shared('even ones are 1/rate apart, whichever users send them'),
  'profile.seed': shared(
    'Poisson ones have the rate on average, the scatter of chance, and are the same for the same seed',
  ),
  'profile.endpoints': source(
    'of a profile without placeholders sends the same bytes over and over, by weight',
  ),
  'profile.endpoints[].method': bytes('a body is measured in bytes'),
  'profile.endpoints[].path': bytes('a request goes below the target’s own path, with its host'),
  'profile.endpoints[].weight': rotation('weights 3 and 1 alternate as evenly as they can'),
  'profile.endpoints[].headers': bytes('a header of the endpoint replaces one of ours'),
  'profile.endpoints[].body': bytes('a body is measured in bytes'),
  'profile.endpoints[].when': loggedIn,
  'profile.endpoints[].extract': loggedIn,
  'profile.endpoints[].extract[].name': loggedIn,
  'profile.endpoints[].extract[].from': loggedIn,
  'profile.endpoints[].extract[].path': loggedIn,
  'profile.data': loggedIn,
  'profile.data.file': loggedIn,
  'profile.data.each': source('takes a row for each request where the profile says so'),
  'profile.cookies': connection('are not kept unless the profile says so'),
  'profile.keepAlive': connection('is opened anew for every request without keep-alive'),
  'profile.timeoutSeconds': run('a server that never answers costs a timeout per request'),
  'profile.thresholds.maxFailedRequests': verdict('passes with as many failures as the profile allows'),
  'profile.thresholds.maxFailedPercent': verdict(
    'passes with the share of failures that the profile allows, the larger of both limits',
  ),
  'profile.thresholds.p50Ms': verdict('without a budget is not judged'),
  'profile.thresholds.p95Ms': verdict('has a 95th percentile that is held against a budget of %d ms'),
  'profile.thresholds.p99Ms': verdict('without a budget is not judged'),
  'profile.thresholds.minRateFraction': verdict(
    'below the asked rate fails, and says so when the generator was the limit',
  ),
};
