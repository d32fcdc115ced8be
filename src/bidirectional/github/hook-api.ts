import type { GitHubCall, GitHubClient } from '../../github/client.ts';
import type { GitHubRepository } from '../../github/repository.ts';
import { list, record } from '../../lib/json.ts';
import { EVENTS, type Hook, parseHook } from './hook.ts';
import type { WebhookScope } from './port.ts';

/** Of 100 webhooks each; GitHub allows 20 for each event. */
const PAGES = 5;

/** What may be changed of a webhook; undefined stays as it is. */
export interface HookConfig {
  readonly url?: string;
  readonly content_type?: 'json';
  readonly secret?: string;
}

/** The webhooks of one scope. Every call throws only GitHubError. */
export interface HookApi {
  readonly scope: WebhookScope;
  /** `owner/repository`, or the organization. */
  readonly owner: string;
  /** Of the API, for a command that people run: `repos/acme/shop/hooks`. */
  readonly path: string;
  list(signal: AbortSignal): Promise<readonly Hook[]>;
  create(url: string, secret: string, signal: AbortSignal): Promise<Hook>;
  /** Changes parts of the configuration; the others stay, the secret too. */
  configure(id: number, config: HookConfig, signal: AbortSignal): Promise<void>;
  /** Makes it active, with our events beside those it has. */
  activate(hook: Hook, signal: AbortSignal): Promise<void>;
  deliveries(id: number, limit: number, signal: AbortSignal): Promise<readonly unknown[]>;
  delivery(id: number, delivery: number, signal: AbortSignal): Promise<unknown>;
}

export const createHookApi = (
  client: GitHubClient,
  { owner, name }: GitHubRepository,
  scope: WebhookScope,
): HookApi => {
  const isRepository = scope === 'repository';
  const base = isRepository ? '/repos/{owner}/{repo}/hooks' : '/orgs/{org}/hooks';
  const place = isRepository ? { owner, repo: name } : { org: owner };
  const of = isRepository ? `repository ${owner}/${name}` : `organization ${owner}`;
  const call = (
    cannot: string,
    method: string,
    rest: string,
    parameters: Readonly<Record<string, unknown>> = {},
  ): GitHubCall => ({
    cannot: `cannot ${cannot} of ${of}`,
    permission: isRepository ? 'Webhooks: write' : 'organization Webhooks: write',
    route: `${method} ${base}${rest}`,
    parameters: { ...place, ...parameters },
  });
  return {
    scope,
    owner: isRepository ? `${owner}/${name}` : owner,
    path: isRepository ? `repos/${owner}/${name}/hooks` : `orgs/${owner}/hooks`,
    async list(signal) {
      const hooks: Hook[] = [];
      for await (const page of client.pages(call('list the webhooks', 'GET', ''), signal, PAGES)) {
        hooks.push(...page.map((hook) => parseHook(hook, scope)));
      }
      return hooks;
    },
    async create(url, secret, signal) {
      const config = { url, content_type: 'json', insecure_ssl: '0', ...(secret === '' ? {} : { secret }) };
      const parameters = { name: 'web', active: true, events: EVENTS, config };
      // Twice would be two webhooks: after a lost answer the next run finds it.
      const made = await client.send({ ...call('create a webhook', 'POST', '', parameters), once: true }, signal);
      return parseHook(made, scope);
    },
    async configure(id, config, signal) {
      // As `data`: among the parameters Octokit would take `url` for the address of the request, and send our token there.
      const parameters = { hook_id: id, data: config };
      await client.send(call('update a webhook', 'PATCH', '/{hook_id}/config', parameters), signal);
    },
    async activate({ id, events }, signal) {
      const all = events.includes('*') ? events : [...new Set([...events, ...EVENTS])];
      await client.send(
        call('activate a webhook', 'PATCH', '/{hook_id}', { hook_id: id, active: true, events: all }),
        signal,
      );
    },
    async deliveries(id, limit, signal) {
      return list(
        await client.send(
          call('list the deliveries of a webhook', 'GET', '/{hook_id}/deliveries', { hook_id: id, per_page: limit }),
          signal,
        ),
      );
    },
    async delivery(id, delivery, signal) {
      const parameters = { hook_id: id, delivery_id: delivery };
      return record(
        await client.send(
          call('read a delivery of a webhook', 'GET', '/{hook_id}/deliveries/{delivery_id}', parameters),
          signal,
        ),
      );
    },
  };
};
