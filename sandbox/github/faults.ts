import type { Fault } from '../types.ts';

/** Answers GitHub gives when too much is asked, as the effects of faults. */

const body = (message: string): string =>
  JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api' });

/** The hourly limit is used up until `resetsAt` (seconds of the epoch). */
export const primaryRateLimit = (resetsAt: number): Fault['effect'] => ({
  kind: 'status',
  status: 403,
  body: body('API rate limit exceeded for installation ID 1.'),
  headers: { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetsAt) },
});

/** Too much at once; GitHub asks to wait so many seconds. */
export const secondaryRateLimit = (retryAfterSeconds: number): Fault['effect'] => ({
  kind: 'status',
  status: 403,
  body: body('You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'),
  headers: { 'retry-after': String(retryAfterSeconds), 'x-ratelimit-remaining': '900' },
});
