import { flag, number, record, text, texts } from '../../lib/json.ts';
import type { WebhookScope } from './port.ts';

/** A webhook as GitHub shows it. */
export interface Hook {
  readonly id: number;
  readonly scope: WebhookScope;
  readonly url: string;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly contentType: string;
  /** GitHub shows stars instead of it, and nothing when there is none. */
  readonly hasSecret: boolean;
  readonly updatedAt: string;
}

export const parseHook = (value: unknown, scope: WebhookScope): Hook => {
  const hook = record(value);
  const config = record(hook.config);
  return {
    id: number(hook.id) ?? 0,
    scope,
    url: text(config.url),
    active: flag(hook.active),
    events: texts(hook.events),
    contentType: text(config.content_type),
    hasSecret: text(config.secret) !== '',
    updatedAt: text(hook.updated_at),
  };
};

/** The events that the platform wants to know of. */
export const EVENTS: readonly string[] = ['push'];

export const tellsOfPushes = ({ active, events }: Hook): boolean =>
  active && EVENTS.every((event) => events.includes(event) || events.includes('*'));

/** Whether two addresses are one: scheme, host and default port count as URLs do, and a slash at the end counts. */
export const sameAddress = (a: string, b: string): boolean => {
  const [first, second] = [URL.parse(a), URL.parse(b)];
  return first === null || second === null ? a === b : first.href === second.href;
};

/**
 * Whether an address may be the earlier one of the same receiver: the last part of the path is the same (Argo CD's is `webhook`), host and
 * path above it may have changed. Needed beside the secret, because one secret may serve several receivers.
 */
export const mayHaveMoved = (from: string, to: string): boolean => {
  const [first, second] = [URL.parse(from), URL.parse(to)];
  return first !== null && second !== null && lastPart(first) === lastPart(second);
};

const lastPart = ({ pathname }: URL): string => pathname.replace(/\/+$/, '').split('/').at(-1) ?? '';
