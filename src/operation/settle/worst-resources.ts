import type { Application } from '../../argocd/application.ts';

/** Up to three resources whose health is worst, where Argo CD tells. */
export function worstResources(application: Application): string {
  const bad = application.resources
    .filter(
      (resource) => resource.health !== undefined && resource.health !== 'Healthy' && resource.health !== 'Suspended',
    )
    .slice(0, 3)
    .map(
      (resource) =>
        `${resource.kind}/${resource.name} ${resource.health}${resource.healthMessage === '' ? '' : ` (${resource.healthMessage})`}`,
    );
  if (bad.length > 0) return `: ${bad.join(', ')}`;
  return application.health.message === '' ? '' : `: ${application.health.message}`;
}
