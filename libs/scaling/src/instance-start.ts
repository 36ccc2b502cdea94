/**
 * Share of an instance’s start after which EC2 calls it running and the group puts it in service. What its user data
 * then installs and starts falls into the health check grace period, as at AWS.
 */
export const inServiceShare = 0.3;
