import { GitHubError } from '../../github/errors.ts';
import { EVENTS, type Hook, mayHaveMoved, sameAddress, tellsOfPushes } from './hook.ts';
import type { HookApi, HookConfig } from './hook-api.ts';
import type { WantedWebhook, Webhook, WebhookResult } from './port.ts';
import { webhookFailure } from './rights.ts';
import { isSignedWith } from './secret-proof.ts';

/** The webhooks of the repository, and those of the organization above it. */
export interface HookApis {
  readonly repository: HookApi;
  readonly organization: HookApi;
}

/** See {@link import('./port.ts').GitHub.ensureWebhook}. */
export const ensureWebhook = async (
  apis: HookApis,
  wanted: WantedWebhook,
  signal: AbortSignal,
): Promise<WebhookResult> => {
  const own = apis[wanted.scope];
  const other = wanted.scope === 'repository' ? apis.organization : apis.repository;
  try {
    const hooks = await own.list(signal);
    const here = hooks.filter(({ url }) => sameAddress(url, wanted.url)).sort((a, b) => a.id - b.id);
    const [first, ...doubles] = here;
    // The nearest scope wins: the repository's webhook, then the organization's.
    const elsewhere =
      first !== undefined && wanted.scope === 'repository' ? undefined : await deliversThere(other, wanted, signal);
    if (elsewhere !== undefined && (first === undefined || !tellsOfPushes(first)))
      return await reuse(other, elsewhere, wanted, signal);
    if (first !== undefined) {
      const notes = [
        ...doubles.map(({ id }) => `Webhook ${id} of ${own.owner} delivers to the same address: delete one of them.`),
        ...(elsewhere === undefined
          ? []
          : [`Webhook ${elsewhere.id} of ${other.owner} delivers there too: delete one of them.`]),
      ];
      return await bringUpToDate(own, first, wanted, notes, signal);
    }
    const moved = await movedFrom(own, hooks, wanted, signal);
    if (moved !== undefined) {
      await own.configure(moved.id, { url: wanted.url, content_type: 'json' }, signal);
      const note = `Its address was ${shown(moved.url)}; it is known by its secret.`;
      const hook = { ...moved, url: wanted.url, contentType: 'json' };
      const result = await bringUpToDate(own, hook, { ...wanted, secret: '' }, [note], signal);
      return result.kind === 'unchanged' ? { ...result, kind: 'updated' } : result;
    }
    const made = await own.create(wanted.url, wanted.secret, signal);
    const similar = hooks.filter(({ url }) => mayHaveMoved(url, wanted.url));
    return {
      kind: 'created',
      webhook: webhookOf(own, made),
      notes: similar.map(
        ({ id, url }) =>
          `Webhook ${id} of ${own.owner} delivers to ${shown(url)}: delete it if this one takes its place.`,
      ),
    };
  } catch (error) {
    return webhookFailure(error, wanted.scope);
  }
};

/** The webhook of the other scope that delivers pushes to this address. A scope that may not be read has none that we can know. */
const deliversThere = async (api: HookApi, { url }: WantedWebhook, signal: AbortSignal): Promise<Hook | undefined> => {
  try {
    return (await api.list(signal)).find((hook) => tellsOfPushes(hook) && sameAddress(hook.url, url));
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'aborted') throw error;
    return undefined;
  }
};

/** A webhook of another scope than asked for is used, and never changed: it is there for others too. */
const reuse = async (
  api: HookApi,
  hook: Hook,
  { secret }: WantedWebhook,
  signal: AbortSignal,
): Promise<WebhookResult> => {
  const note = `Webhook ${hook.id} of ${api.owner} already delivers there; none was added.`;
  const doubt =
    secret !== '' && !(await isSignedWith(api, hook, secret, signal))
      ? [`Whether it signs with webhook-secret could not be seen; it was not changed, as it belongs to ${api.owner}.`]
      : [];
  return { kind: 'unchanged', webhook: webhookOf(api, hook), notes: [note, ...doubt] };
};

/** Mends what is not as wanted, and nothing else. */
const bringUpToDate = async (
  api: HookApi,
  hook: Hook,
  { secret }: WantedWebhook,
  found: readonly string[],
  signal: AbortSignal,
): Promise<WebhookResult> => {
  const notes = [...found];
  const config: { content_type?: 'json'; secret?: string } & HookConfig = {};
  if (hook.contentType !== 'json') {
    config.content_type = 'json';
    notes.push(`It sent ${hook.contentType || 'forms'}; now it sends JSON.`);
  }
  if (secret !== '' && !(await isSignedWith(api, hook, secret, signal))) {
    config.secret = secret;
    notes.push(
      hook.hasSecret
        ? 'Its secret was set again: GitHub does not show it, and no delivery since the last change proves that it is webhook-secret.'
        : 'It had no secret; now it has.',
    );
  }
  if (Object.keys(config).length > 0) await api.configure(hook.id, config, signal);
  const asleep = !tellsOfPushes(hook);
  if (asleep) {
    await api.activate(hook, signal);
    notes.push(
      hook.active ? `It did not tell of ${EVENTS.join(', ')}; now it does.` : 'It was switched off; now it is active.',
    );
  }
  const changed = asleep || Object.keys(config).length > 0;
  return { kind: changed ? 'updated' : 'unchanged', webhook: webhookOf(api, hook), notes };
};

/**
 * A webhook of ours whose address has changed: exactly one that is proven to sign with our secret, tells of pushes only, and whose address
 * may have become the new one. In doubt there is none.
 */
const movedFrom = async (
  api: HookApi,
  hooks: readonly Hook[],
  { url, secret }: WantedWebhook,
  signal: AbortSignal,
): Promise<Hook | undefined> => {
  const candidates = hooks.filter((hook) => hook.events.join() === EVENTS.join() && mayHaveMoved(hook.url, url));
  const proven: Hook[] = [];
  for (const hook of candidates) if (await isSignedWith(api, hook, secret, signal)) proven.push(hook);
  return proven.length === 1 ? proven[0] : undefined;
};

const webhookOf = ({ owner }: HookApi, { id, scope, url }: Hook): Webhook => ({ id, scope, owner, url });

/** An address without what may be secret in it. */
const shown = (address: string): string => {
  const url = URL.parse(address);
  return url === null ? 'an address that is no URL' : `${url.origin}${url.pathname}`;
};
