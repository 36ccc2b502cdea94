/** Time from the end of an instance’s application until the unit of its user data starts it again (systemd’s RestartSec). */
export const applicationRestartSeconds = 5;
