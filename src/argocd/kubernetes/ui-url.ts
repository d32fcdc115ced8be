import { record, text } from '../../lib/json.ts';
import type { Namespaces } from '../client.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { where } from './paths.ts';

/** Where Argo CD says that people find it: `url` in its ConfigMap; `''` when it says nothing or we may not read it. */
export const readUiUrl = async (
  http: Http,
  namespaces: Namespaces | undefined,
  signal: AbortSignal,
): Promise<string> => {
  const [namespace = 'argocd'] = namespaces === undefined || namespaces === '*' ? [] : namespaces;
  try {
    const answer = await http.send(
      {
        action: `read ConfigMap argocd-cm ${where(namespace)}`,
        method: 'GET',
        path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/argocd-cm`,
      },
      signal,
    );
    const url = URL.parse(text(record(record(answer).data).url));
    return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href.replace(/\/$/, '') : '';
  } catch (error) {
    // A convenience for links: most accounts may not read it.
    if (error instanceof ArgoCdError && error.code !== 'aborted') return '';
    throw error;
  }
};
