/** Metrics of an Auto Scaling group itself, each minute and free of charge; alarms and the dashboard read them. */
export const groupMetrics: string[] = [
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupMaxSize',
  'GroupMinSize',
  'GroupPendingInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
];
