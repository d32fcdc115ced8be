import { number, record } from '../lib/json.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import type { GitHubRepository } from './repository.ts';

/** The states of a Deployment that are used. */
export type DeploymentState = 'in_progress' | 'success' | 'failure';

export interface DeploymentStatus {
  readonly state: DeploymentState;
  readonly description: string;
  /** The run, `''`: unknown. */
  readonly logUrl: string;
  /** `''`: none. */
  readonly environmentUrl: string;
}

/** GitHub's limit of a description, in characters. */
export const DESCRIPTION_MAX = 140;

const PERMISSION = 'deployments: write';

/**
 * Creates a Deployment of a commit and answers its id. GitHub neither merges anything into it nor waits for other checks. Whether the
 * environment is transient or for production is GitHub's default: production is what is called so. Throws {@link GitHubError}.
 */
export async function createDeployment(
  client: GitHubClient,
  { owner, name }: GitHubRepository,
  { commit, environment }: { readonly commit: string; readonly environment: string },
  signal: AbortSignal,
): Promise<number> {
  const cannot = `cannot create a deployment for ${environment}`;
  const made = await client.send(
    {
      cannot,
      permission: PERMISSION,
      route: 'POST /repos/{owner}/{repo}/deployments',
      parameters: {
        owner,
        repo: name,
        ref: commit,
        task: 'deploy',
        environment,
        description: 'Synced with Argo CD',
        auto_merge: false,
        required_contexts: [],
      },
    },
    signal,
  );
  const id = number(record(made).id);
  if (id === undefined) throw new GitHubError('invalid', `${cannot}: GitHub does not say which it made`);
  return id;
}

/** Throws {@link GitHubError}. */
export async function setDeploymentStatus(
  client: GitHubClient,
  { owner, name }: GitHubRepository,
  id: number,
  status: DeploymentStatus,
  signal: AbortSignal,
): Promise<void> {
  const { state, description, logUrl, environmentUrl } = status;
  await client.send(
    {
      cannot: `cannot set the status of the deployment to ${state}`,
      permission: PERMISSION,
      route: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
      parameters: {
        owner,
        repo: name,
        deployment_id: id,
        state,
        description,
        ...(logUrl === '' ? {} : { log_url: logUrl }),
        ...(environmentUrl === '' ? {} : { environment_url: environmentUrl }),
      },
    },
    signal,
  );
}
