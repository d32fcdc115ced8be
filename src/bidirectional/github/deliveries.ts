import { GitHubError } from '../../github/errors.ts';
import type { GitHubRepository } from '../../github/repository.ts';
import { flag, isRecord, type JsonRecord, number, record, text } from '../../lib/json.ts';
import { cut, oneLine } from '../../lib/printable.ts';
import type { HookApi } from './hook-api.ts';
import type { DeliveriesResult, Delivery, Webhook } from './port.ts';
import { webhookFailure } from './rights.ts';

/** Characters of a payload that are kept. */
const PAYLOAD_MAX = 4_000;
/** What is read at most, one request each. */
const READ_MAX = 20;
/** Of deliveries to an organization's webhook, so many are looked through for each one of ours. */
const LOOK_FACTOR = 3;

/** See {@link import('./port.ts').GitHub.recentDeliveries}. What an organization's webhook delivered of other repositories is left out. */
export const recentDeliveries = async (
  api: HookApi,
  repository: GitHubRepository,
  webhook: Webhook,
  limit: number,
  redact: (text: string) => string,
  signal: AbortSignal,
): Promise<DeliveriesResult> => {
  try {
    const looked = Math.min(READ_MAX, api.scope === 'repository' ? limit : limit * LOOK_FACTOR);
    const items = (await api.deliveries(webhook.id, looked, signal)).map(record);
    const whole = await Promise.all(
      items.map(async (item) => ({ item, payload: await payloadOf(api, webhook, item, signal) })),
    );
    const ours = whole.filter(({ payload }) => api.scope === 'repository' || concerns(payload, repository));
    const deliveries = ours
      .slice(0, limit)
      .map(({ item, payload }) => deliveryOf(item, payload, `${api.path}/${webhook.id}`, redact));
    return { kind: 'known', deliveries };
  } catch (error) {
    return webhookFailure(error, api.scope);
  }
};

/** Undefined: it cannot be read (any more). */
const payloadOf = async (api: HookApi, { id }: Webhook, item: JsonRecord, signal: AbortSignal): Promise<unknown> => {
  try {
    return record(record(await api.delivery(id, number(item.id) ?? 0, signal)).request).payload;
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'aborted') throw error;
    return undefined;
  }
};

const concerns = (payload: unknown, { owner, name }: GitHubRepository): boolean =>
  text(record(record(payload).repository).full_name).toLowerCase() === `${owner}/${name}`.toLowerCase();

const deliveryOf = (item: JsonRecord, payload: unknown, path: string, redact: (text: string) => string): Delivery => {
  const id = number(item.id) ?? 0;
  const statusCode = number(item.status_code) ?? 0;
  const arrived = statusCode >= 200 && statusCode < 300;
  return {
    id,
    guid: oneLine(text(item.guid), 100),
    at: oneLine(text(item.delivered_at), 40),
    event: [text(item.event), text(item.action)]
      .filter((part) => part !== '')
      .map((part) => oneLine(part, 60))
      .join('.'),
    redelivery: flag(item.redelivery),
    statusCode,
    status: oneLine(redact(text(item.status)), 200),
    durationMs: Math.round((number(item.duration) ?? 0) * 1000),
    // Redacted before it is cut: half a secret would not be found.
    payload: isRecord(payload) ? cut(redact(JSON.stringify(payload)), PAYLOAD_MAX) : '',
    redeliver: arrived ? '' : `gh api --method POST ${path}/deliveries/${id}/attempts`,
  };
};
