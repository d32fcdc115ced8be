import type { GitHubClient } from '../../github/client.ts';
import type { GitHubRepository } from '../../github/repository.ts';
import { recentDeliveries } from './deliveries.ts';
import { createHookApi } from './hook-api.ts';
import type { GitHub } from './port.ts';
import { propose } from './proposal.ts';
import { ensureWebhook } from './webhook.ts';

/** The port over GitHub's REST API. `repository`: the one that is synced (`repositoryAt` of the remote's address). `redact`: takes secrets out. */
export const createGitHub = (
  client: GitHubClient,
  repository: GitHubRepository,
  redact: (text: string) => string,
): GitHub => {
  const hooks = {
    repository: createHookApi(client, repository, 'repository'),
    organization: createHookApi(client, repository, 'organization'),
  };
  return {
    propose: (proposal, signal) => propose(client, repository, proposal, signal),
    ensureWebhook: (wanted, signal) => ensureWebhook(hooks, wanted, signal),
    recentDeliveries: (webhook, limit, signal) =>
      recentDeliveries(hooks[webhook.scope], repository, webhook, limit, redact, signal),
  };
};
