/**
 * The port: what the second action asks of GitHub beside Git itself. One adapter, over the REST API (`client.ts`).
 * Nothing here throws for what GitHub answers: a failure is a result with one line and a hint, and never undoes a sync.
 * Only an aborted signal throws.
 */
export interface GitHub {
  /**
   * One pull request for one branch, re-used: an open one of the same head and base is brought up to date, otherwise a new one
   * is made (one that was closed stays closed).
   */
  propose(proposal: Proposal, signal: AbortSignal): Promise<ProposalResult>;

  /** The webhook that tells the platform of pushes: one for each address, at the nearest scope that already delivers there. */
  ensureWebhook(wanted: WantedWebhook, signal: AbortSignal): Promise<WebhookResult>;

  /** What a webhook delivered lately, newest first, at most `limit`. Secrets are out of it. */
  recentDeliveries(webhook: Webhook, limit: number, signal: AbortSignal): Promise<DeliveriesResult>;
}

/** Something did not work; one line without secrets, and what to do as a sentence (`''`: nothing to add). */
export interface GitHubFailure {
  readonly kind: 'failed';
  readonly message: string;
  readonly hint: string;
}

export interface Proposal {
  /** The branch with the changes, in the same repository. */
  readonly head: string;
  /** The branch that should get them. */
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export type ProposalResult =
  | {
      readonly kind: 'created' | 'updated' | 'unchanged';
      readonly number: number;
      /** For people, in the browser. */
      readonly url: string;
    }
  | GitHubFailure;

export interface WantedWebhook {
  readonly url: string;
  readonly scope: WebhookScope;
  /** `''`: none is asked for, and one that is set stays. */
  readonly secret: string;
}

export type WebhookScope = 'repository' | 'organization';

export interface Webhook {
  readonly id: number;
  readonly scope: WebhookScope;
  /** `owner/repository`, or the organization. */
  readonly owner: string;
  readonly url: string;
}

export type WebhookResult =
  | {
      readonly kind: 'created' | 'updated' | 'unchanged';
      readonly webhook: Webhook;
      /** What was done and why, or what people should know, a sentence each. */
      readonly notes: readonly string[];
    }
  | GitHubFailure;

export type DeliveriesResult = { readonly kind: 'known'; readonly deliveries: readonly Delivery[] } | GitHubFailure;

export interface Delivery {
  readonly id: number;
  /** The same for every attempt to deliver one event. */
  readonly guid: string;
  readonly at: string;
  readonly event: string;
  readonly redelivery: boolean;
  /** HTTP status of the receiver, 0 when there was no answer. */
  readonly statusCode: number;
  /** GitHub's word for it, for example `OK` or `Invalid HTTP Response: 503`. */
  readonly status: string;
  readonly durationMs: number;
  /** The JSON that was sent, trimmed, secrets masked; `''` when it could not be read. */
  readonly payload: string;
  /** How to send it again, a command; `''` for those that arrived. */
  readonly redeliver: string;
}
