import { expect, test } from '@jest/globals';
import { argocdMeaning } from '../../src/argocd/server/errors.ts';

const call = { action: 'sync Application argocd/web', method: 'POST', path: '/api/v1/applications/web/sync' } as const;
const meaning = (status: number, message: string) => argocdMeaning({ call, status, message, body: {} })?.code;

// The words of recorded answers, and of a live server whose git host dropped connections.
test.each([
  [400, 'another operation is already in progress', 'busy'],
  [403, 'cannot sync: blocked by sync window', 'blocked'],
  [400, 'application is deleting', 'deleting'],
  [403, 'permission denied', 'forbidden'],
  [500, 'source position is out of range', 'invalid'],
  [
    400,
    'error resolving repo revision: rpc error: code = Unknown desc = failed to list refs: read tcp 127.0.0.1:4: connection reset by peer',
    'unavailable',
  ],
  [
    400,
    "error resolving repo revision: rpc error: code = Unknown desc = unable to resolve 'x' to a commit SHA",
    undefined,
  ],
  [400, 'error resolving repo revision: rpc error: authentication required', undefined],
])('%i %s: %s (rule 20)', (status, message, code) => {
  expect(meaning(status, message)).toBe(code);
});
