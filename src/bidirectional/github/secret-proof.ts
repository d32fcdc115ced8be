import { createHmac, timingSafeEqual } from 'node:crypto';
import { isRecord, number, record, text } from '../../lib/json.ts';
import type { Hook } from './hook.ts';
import type { HookApi } from './hook-api.ts';

/** Deliveries that are looked at. */
const LOOKED = 3;

/**
 * Whether GitHub signs with this secret now. GitHub never shows a secret, but it shows what it delivered with the signature it made: one
 * that our secret makes too, of a delivery after the last change of the webhook, proves it. False: not proven, for there was no such
 * delivery in the days that GitHub keeps them, or the payload is not byte for byte what was signed.
 */
export const isSignedWith = async (api: HookApi, hook: Hook, secret: string, signal: AbortSignal): Promise<boolean> => {
  if (secret === '' || !hook.hasSecret) return false;
  const changed = Date.parse(hook.updatedAt);
  const fresh = (await api.deliveries(hook.id, LOOKED, signal))
    .map(record)
    .filter(({ delivered_at }) => Date.parse(text(delivered_at)) >= changed);
  for (const { id } of fresh) {
    const request = record(record(await api.delivery(hook.id, number(id) ?? 0, signal)).request);
    if (isRecord(request.payload) && fits(signatureOf(request.headers), request.payload, secret)) return true;
  }
  return false;
};

const signatureOf = (headers: unknown): string => {
  const found = Object.entries(record(headers)).find(([name]) => name.toLowerCase() === 'x-hub-signature-256');
  return text(found?.[1]);
};

const fits = (signature: string, payload: unknown, secret: string): boolean => {
  const ours = Buffer.from(`sha256=${createHmac('sha256', secret).update(JSON.stringify(payload)).digest('hex')}`);
  const theirs = Buffer.from(signature);
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
};
