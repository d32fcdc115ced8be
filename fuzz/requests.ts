import type { SeenRequest } from '../sandbox/types.ts';
import { isRecord, record } from '../src/lib/json.ts';

/**
 * What a request that is no read asks for; undefined: something this project never does. Only operations and refreshes may be
 * written.
 */
export function writtenBy({ api, method, path, body }: SeenRequest): 'sync' | 'terminate' | 'refresh' | undefined {
  const parsed: unknown = body === '' ? {} : JSON.parse(body);
  if (api === 'argocd') {
    if (method === 'POST' && /\/api\/v1\/applications\/[^/]+\/sync(?:\?|$)/.test(path)) return 'sync';
    if (method === 'DELETE' && /\/api\/v1\/applications\/[^/]+\/operation(?:\?|$)/.test(path)) return 'terminate';
    return undefined;
  }
  if (method !== 'PATCH' || !isRecord(parsed)) return undefined;
  const keys = Object.keys(parsed).sort().join();
  const metadata = record(parsed.metadata);
  const status = JSON.stringify(parsed.status);
  if (keys === 'metadata') {
    const annotations = JSON.stringify(metadata);
    return annotations === '{"annotations":{"argocd.argoproj.io/refresh":"normal"}}' ? 'refresh' : undefined;
  }
  // Whatever touches operations is guarded by the version that was seen.
  if (Object.keys(metadata).join() !== 'resourceVersion' || typeof metadata.resourceVersion !== 'string')
    return undefined;
  if (keys === 'metadata,operation' && parsed.operation === null) return 'terminate';
  if (keys === 'metadata,operation,status' && isRecord(parsed.operation) && status === '{"operationState":null}')
    return 'sync';
  if (keys === 'metadata,status' && status === '{"operationState":{"phase":"Terminating"}}') return 'terminate';
  return undefined;
}

export const isRead = ({ method }: SeenRequest): boolean => method === 'GET';

/** A read that tells how one Application stands, other than a stream. */
export const isLook = (request: SeenRequest, name: string): boolean =>
  isRead(request) &&
  request.status === 200 &&
  request.path.includes('/applications') &&
  !/[?&]watch=1|\/stream\//.test(request.path) &&
  (!/\/applications\/app-\d+/.test(request.path) || new RegExp(`/applications/${name}(?:[/?]|$)`).test(request.path));
