/** A task definition by family and revision, without what its ARN has before them. */
export const shortName = (taskDefinitionArn: string): string =>
  taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf('/') + 1);
