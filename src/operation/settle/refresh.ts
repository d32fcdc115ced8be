import { type Application, REFRESH_ANNOTATION } from '../../argocd/application.ts';

/** At most one refresh for each operation that ended (rule 31); another try when it could not be asked for. */
export type Refresh =
  | { readonly kind: 'unused' }
  /**
   * The request is under way: `asked` undefined; or was accepted, at `askedAtMs`. `shown`: an annotation was seen since, so
   * that its absence means it was consumed.
   */
  | { readonly kind: 'asked'; readonly askedAtMs: number | undefined; readonly shown: boolean; readonly tries: number }
  | { readonly kind: 'consumed' }
  | { readonly kind: 'failed'; readonly atMs: number; readonly tries: number };

/** How long a proof may take to come by itself before a refresh is asked for. The window was at most 1.6 s under load. */
export const REFRESH_AFTER_MS = 3_000;
/** A refresh that could not be asked for is tried again after this, but not for ever: a token may lack the right. */
export const REFRESH_AGAIN_MS = 20_000;
export const REFRESH_TRIES = 3;
/** An accepted refresh shows within this time, as an annotation or as its end; otherwise events were lost. */
export const REFRESH_SHOWS_MS = 5_000;

export function observeRefresh(refresh: Refresh, application: Application, readAtMs: number | undefined): Refresh {
  if (refresh.kind !== 'asked') return refresh;
  const annotated = application.annotations[REFRESH_ANNOTATION] !== undefined;
  if (annotated) return refresh.shown ? refresh : { ...refresh, shown: true };
  // A watch may still deliver a state from before our request: absence counts only after presence, or in a later read.
  const { askedAtMs } = refresh;
  const readLater = readAtMs !== undefined && askedAtMs !== undefined && readAtMs >= askedAtMs;
  return refresh.shown || readLater ? { kind: 'consumed' } : refresh;
}

/** A refresh is about to be asked for. */
export const refreshSent = (refresh: Refresh): Refresh => ({
  kind: 'asked',
  askedAtMs: undefined,
  shown: false,
  tries: refresh.kind === 'failed' ? refresh.tries : 0,
});

/** It was accepted, unless it was consumed already, or belongs to an operation before this one. */
export const refreshAccepted = (refresh: Refresh, atMs: number): Refresh =>
  refresh.kind === 'asked' ? { ...refresh, askedAtMs: atMs } : refresh;

/** The answer says that it was consumed. */
export const refreshConsumed = (refresh: Refresh): Refresh =>
  refresh.kind === 'asked' ? { kind: 'consumed' } : refresh;

export const refreshFailed = (refresh: Refresh, atMs: number): Refresh =>
  refresh.kind === 'asked' ? { kind: 'failed', atMs, tries: refresh.tries + 1 } : refresh;
