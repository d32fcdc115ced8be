import type { Call, RepositoryCall } from './call.ts';
import type { Comment, Deployment, DeploymentStatus, Pull, Repository } from './state.ts';

/** Things as GitHub shows them, as far as anybody looks. Every answer is checked against GitHub's description. */

export const userForm = (login: string, type: 'User' | 'Bot' = 'User'): unknown => ({
  login,
  id: 1,
  type,
  site_admin: false,
});

export const repositoryForm = (call: Call, repository: Repository): unknown => ({
  name: repository.name,
  full_name: `${repository.owner}/${repository.name}`,
  owner: userForm(repository.owner),
  private: repository.private,
  default_branch: repository.defaultBranch,
  url: `${call.apiUrl}/repos/${repository.owner}/${repository.name}`,
});

export const repositoryUrl = ({ apiUrl, repository }: RepositoryCall): string =>
  `${apiUrl}/repos/${repository.owner}/${repository.name}`;

export const refForm = (call: RepositoryCall, ref: string, sha: string): unknown => ({
  ref,
  node_id: `REF_${ref}`,
  url: `${repositoryUrl(call)}/git/${ref}`,
  object: { type: 'commit', sha, url: `${repositoryUrl(call)}/git/commits/${sha}` },
});

export const pullForm = (call: RepositoryCall, pull: Pull): unknown => ({
  url: `${repositoryUrl(call)}/pulls/${pull.number}`,
  id: 10_000 + pull.number,
  number: pull.number,
  html_url: `https://github.com/${call.repository.owner}/${call.repository.name}/pull/${pull.number}`,
  state: pull.state,
  title: pull.title,
  body: pull.body,
  draft: pull.draft,
  user: userForm(pull.login),
  merged_at: pull.merged ? call.state.now() : null,
  head: {
    label: `${call.repository.owner}:${pull.head.ref}`,
    ref: pull.head.ref,
    sha: pull.head.sha,
    user: userForm(call.repository.owner),
  },
  base: {
    label: `${call.repository.owner}:${pull.base}`,
    ref: pull.base,
    sha: call.repository.branches.get(pull.base) ?? '',
    user: userForm(call.repository.owner),
  },
});

export const commentForm = (call: RepositoryCall, comment: Comment): unknown => ({
  id: comment.id,
  node_id: `IC_${comment.id}`,
  url: `${repositoryUrl(call)}/issues/comments/${comment.id}`,
  html_url: `https://github.com/${call.repository.owner}/${call.repository.name}/pull/${comment.number}#issuecomment-${comment.id}`,
  issue_url: `${repositoryUrl(call)}/issues/${comment.number}`,
  user: userForm(comment.user.login, comment.user.type),
  author_association: comment.association,
  body: comment.body,
  created_at: comment.createdAt,
  updated_at: comment.updatedAt,
});

export const deploymentForm = (call: RepositoryCall, deployment: Deployment): unknown => ({
  url: `${repositoryUrl(call)}/deployments/${deployment.id}`,
  id: deployment.id,
  node_id: `DE_${deployment.id}`,
  sha: deployment.sha,
  ref: deployment.ref,
  task: deployment.task,
  payload: deployment.payload,
  original_environment: deployment.environment,
  environment: deployment.environment,
  description: deployment.description,
  creator: userForm(call.who?.login ?? 'github-actions[bot]', 'Bot'),
  created_at: deployment.createdAt,
  updated_at: deployment.createdAt,
  statuses_url: `${repositoryUrl(call)}/deployments/${deployment.id}/statuses`,
  repository_url: repositoryUrl(call),
  transient_environment: deployment.transient,
  production_environment: deployment.production,
});

export const statusForm = (call: RepositoryCall, deployment: Deployment, status: DeploymentStatus): unknown => ({
  url: `${repositoryUrl(call)}/deployments/${deployment.id}/statuses/${status.id}`,
  id: status.id,
  node_id: `DES_${status.id}`,
  state: status.state,
  creator: userForm(call.who?.login ?? 'github-actions[bot]', 'Bot'),
  description: status.description,
  environment: deployment.environment,
  target_url: status.logUrl,
  log_url: status.logUrl,
  environment_url: status.environmentUrl,
  created_at: status.createdAt,
  updated_at: status.createdAt,
  deployment_url: `${repositoryUrl(call)}/deployments/${deployment.id}`,
  repository_url: repositoryUrl(call),
});
