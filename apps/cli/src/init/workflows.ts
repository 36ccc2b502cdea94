/** A file that `init` writes. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** What stands for the repository and the commit of Tideline until a person names them. */
export const tidelinePlaceholder = 'OWNER/tideline@COMMIT';

const whereFrom = /^([\w.-]+\/[\w.-]+)@([0-9a-f]{40}|COMMIT)$/;

/** Whether a text names a repository and a full commit: a branch or a tag may be moved. */
export const isPinned = (text: string): boolean => whereFrom.test(text);

/** The workflows of a service: they call a reusable workflow of the repository of Tideline, at one commit. */
export function serviceWorkflows(pinned: string): readonly NewFile[] {
  const [, repository = '', commit = ''] = whereFrom.exec(pinned) ?? [];
  const call = (command: string, environment: string, rest: string): string => `jobs:
  ${command}:
    uses: ${repository}/.github/workflows/service.yml@${commit}
    permissions:
      contents: read
      id-token: write
      attestations: write
    with:
      command: ${command}
      repository: ${repository}
      commit: ${commit}
      environment: ${environment}
${rest}`;
  const deploy = `# Brings the service at AWS up to date after each push to main; by hand, with "first", creates it.
# Needs the variables AWS_ROLE, AWS_ACCOUNT_ID and AWS_REGION, which tideline bootstrap prints.
name: deploy

on:
  push:
    branches: [main]
  workflow_dispatch:
    inputs:
      first:
        description: The first deployment, which creates the service.
        type: boolean
        default: false

permissions: {}

# One at a time, as destroy: Terraform’s lock would refuse the second.
concurrency:
  group: tideline-\${{ vars.TIDELINE_ENVIRONMENT || 'dev' }}
  cancel-in-progress: false

${call('deploy', "${{ vars.TIDELINE_ENVIRONMENT || 'dev' }}", '      first: ${{ inputs.first == true }}\n')}`;
  const destroy = `# Takes the service at AWS down. The rules of the GitHub environment <environment>-destroy protect it.
name: destroy

on:
  workflow_dispatch:
    inputs:
      name:
        description: Type the environment’s name, <project>-<stage>, to delete it.
        type: string
        required: true

permissions: {}

concurrency:
  group: tideline-\${{ vars.TIDELINE_ENVIRONMENT || 'dev' }}
  cancel-in-progress: false

${call('destroy', "${{ vars.TIDELINE_ENVIRONMENT || 'dev' }}-destroy", '      environment-name: ${{ inputs.name }}\n')}`;
  return [
    { name: '.github/workflows/tideline-deploy.yml', text: deploy },
    { name: '.github/workflows/tideline-destroy.yml', text: destroy },
  ];
}
