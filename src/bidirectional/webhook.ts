import type { GitHub } from './github/port.ts';
import type { Inputs } from './inputs/types.ts';
import type { SyncReport } from './report/report.ts';

/** Deliveries shown in the summary. */
const DELIVERIES = 10;

/** Sees to it that the webhook is there, once, and reads what it delivered lately. What does not work is a warning: the sync itself is done. */
export const syncWebhook = async (
  { url, scope, secret }: NonNullable<Inputs['webhook']>,
  github: GitHub,
  warn: (text: string) => void,
  signal: AbortSignal,
): Promise<SyncReport['webhook']> => {
  const ensured = await github.ensureWebhook({ url, scope, secret }, signal);
  if (ensured.kind === 'failed') {
    warn(`the webhook could not be registered: ${ensured.message}. ${ensured.hint}`);
    return null;
  }
  const { webhook, notes } = ensured;
  const read = await github.recentDeliveries(webhook, DELIVERIES, signal);
  if (read.kind === 'failed') warn(`the deliveries of the webhook could not be read: ${read.message}. ${read.hint}`);
  return {
    url: webhook.url,
    scope: webhook.scope,
    owner: webhook.owner,
    notes: [`webhook ${ensured.kind}`, ...notes],
    deliveries: read.kind === 'known' ? read.deliveries : [],
  };
};
