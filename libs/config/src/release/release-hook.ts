/** Where the Lambda function that tests a release has its settings, as JSON. */
export const releaseHookVariable = 'RELEASE_HOOK';

/** Pause of that function between two requests, seconds: together they outlast the moment in which a changed listener takes effect. */
export const testTrafficPauseSeconds = 1;
