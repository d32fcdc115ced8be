import { expect } from '@jest/globals';
import { DEPLOY_URL } from '../../sandbox/fleets/builders.ts';
import type { Draft } from '../../sandbox/types.ts';
import type { Transport } from './harness.ts';

/** The page of the run in the environment of the tests. */
export const RUN_URL = 'https://github.example.com/acme/shop/actions/runs/4711/attempts/1';

/** What an operation must hold, beside what every operation of this step holds. */
export interface Asked {
  /** The Application. */
  readonly name: string;
  /** What both ways store under `sync`. */
  readonly sync?: Draft;
  /** Under `sync`, where the custom resource is written: what is not resolved yet. */
  readonly written?: Draft;
  /** Under `sync`, where the server writes it: revisions and sources as it resolves them. */
  readonly resolved?: Draft;
  /** Default: as each way writes an operation without any. */
  readonly retry?: Draft;
  readonly info?: readonly Draft[];
}

/** A whole operation as it reaches the store of the sandbox. */
export function askedOperation(transport: Transport, asked: Asked): Draft {
  const { name, sync = {}, written = {}, resolved = {}, retry, info = [] } = asked;
  const allInfo = [
    { name: 'gitopssync/id', value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    { name: 'gitopssync/run', value: RUN_URL },
    ...info,
  ];
  if (transport === 'kubernetes') {
    const initiatedBy = { username: expect.stringMatching(/^gitopssync\/[0-9a-f]{8}$/) };
    const own = retry === undefined ? {} : { retry };
    return { info: allInfo, initiatedBy, ...own, sync: { prune: false, ...sync, ...written } };
  }
  // The server names the caller, adds the source, and leaves out what is false or zero.
  const source = { source: { repoURL: DEPLOY_URL, path: `apps/${name}`, targetRevision: 'main' } };
  return {
    info: allInfo,
    initiatedBy: { username: 'admin' },
    retry: retry ?? {},
    sync: { ...('sources' in resolved ? {} : source), ...sync, ...resolved },
  };
}
