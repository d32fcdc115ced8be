import { type Application, SKIP_RECONCILE_ANNOTATION } from '../argocd/application.ts';
import type { Verdict } from '../argocd/verdict.ts';

/** Argo CD leaves the Application alone: no operation of it starts, and its status is frozen (rule 7). */
export const isIgnored = (application: Application): boolean =>
  application.annotations[SKIP_RECONCILE_ANNOTATION] === 'true';

/** `consequence`: what that means for what was asked. */
export const ignoredVerdict = (application: Application, consequence: string): Verdict => ({
  name: 'error',
  message: explainIgnored(consequence),
  hint: ignoredHint(application),
});

export const explainIgnored = (consequence: string): string =>
  `Argo CD ignores it: annotation ${SKIP_RECONCILE_ANNOTATION} is "true", so ${consequence}`;

export const ignoredHint = ({ ref }: Application): string =>
  `Remove the annotation: kubectl -n ${ref.namespace} annotate application ${ref.name} ${SKIP_RECONCILE_ANNOTATION}-`;

/** What its frozen status is worth, once an operation has ended. */
export const frozenVerdict = (application: Application): Verdict =>
  ignoredVerdict(application, 'what is shown of it is not kept up to date');

export const NOT_PICKED_UP = explainIgnored('its operation is not picked up');
