import { GitHubError } from '../../github/errors.ts';
import type { GitHubFailure, WebhookScope } from './port.ts';

/** What a token needs for webhooks. The token of a job never has it. */
const RIGHTS: Readonly<Record<WebhookScope, string>> = {
  repository:
    'github-token must be of an administrator of the repository: a classic token with admin:repo_hook, or a fine-grained one or GitHub App with the repository permission "Webhooks: read and write". The GITHUB_TOKEN of a job never has it.',
  organization:
    'github-token must be of an owner of the organization: a classic token with admin:org_hook, or a fine-grained one or GitHub App with the organization permission "Webhooks: read and write". The GITHUB_TOKEN of a job never has it.',
};

/** Throws an aborted call on, everything else is a result. GitHub hides what a token may not see behind 404. */
export const webhookFailure = (error: unknown, scope: WebhookScope): GitHubFailure => {
  const { code, message, hint } = known(error);
  const missing = code === 'forbidden' || code === 'not-found' || code === 'unauthenticated';
  return { kind: 'failed', message, hint: missing ? RIGHTS[scope] : hint };
};

export const proposalFailure = (error: unknown): GitHubFailure => {
  const { message, hint, code } = known(error);
  if (code === 'forbidden' && /not permitted to create or approve/i.test(message)) {
    return {
      kind: 'failed',
      message,
      hint: 'Allow it in the settings of the repository or organization, "Actions", "General", "Allow GitHub Actions to create and approve pull requests", or give github-token of a GitHub App or user.',
    };
  }
  return { kind: 'failed', message, hint };
};

/** The error of a call; what is none, and what was stopped by us, is thrown on. */
const known = (error: unknown): GitHubError => {
  if (!(error instanceof GitHubError) || error.code === 'aborted') throw error;
  return error;
};
