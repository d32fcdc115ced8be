import { createHmac, randomUUID } from 'node:crypto';
import { text } from '../../src/lib/json.ts';
import type { Delivery, GitHubState, Hook } from './state.ts';

/** What is delivered, and how the receiver answers. */
export interface DeliveryWish {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Default 200; 0: no answer. */
  readonly statusCode?: number;
  readonly redelivery?: boolean;
}

/** Records that GitHub has delivered an event to a webhook, signed with the secret it has now. Nothing is sent. */
export function deliver(state: GitHubState, hook: Hook, wish: DeliveryWish): Delivery {
  const { event, payload, statusCode = 200, redelivery = false } = wish;
  const secret = text(hook.config.secret);
  const delivery: Delivery = {
    id: state.nextId(),
    guid: randomUUID(),
    deliveredAt: state.now(),
    event,
    action: null,
    status:
      statusCode === 0 ? 'failed to connect to host' : statusCode < 300 ? 'OK' : `Invalid HTTP Response: ${statusCode}`,
    statusCode,
    durationSeconds: 0.27,
    redelivery,
    signature:
      secret === '' ? '' : `sha256=${createHmac('sha256', secret).update(JSON.stringify(payload)).digest('hex')}`,
    payload,
  };
  hook.deliveries.unshift(delivery);
  return delivery;
}
