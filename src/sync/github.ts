import { createGitHubClient } from '../github/client.ts';
import { readRun } from '../github/event.ts';
import { createRevisionReader, type RevisionReader } from '../github/revisions.ts';
import type { Clock } from '../lib/clock.ts';
import { type Announcer, createAnnouncer } from '../report/github/announcer.ts';
import type { Inputs } from './inputs/types.ts';

/** What a step has of GitHub: nothing without a token. */
export interface AtGitHub {
  readonly revisions: RevisionReader | undefined;
  readonly announcer: Announcer | undefined;
}

/** Sets up what the inputs ask for. Nothing is sent before it is needed. The token must be masked before. */
export function atGitHub(
  { reporting, targets }: Inputs,
  deps: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly readFile: (path: string) => string;
    readonly runUrl: string;
    readonly clock: Clock;
    readonly log: ((line: string) => void) | undefined;
  },
): AtGitHub {
  const { token, deployment, environmentUrl, comment } = reporting.github;
  if (token === '') return { revisions: undefined, announcer: undefined };
  const { clock, log, runUrl } = deps;
  const run = readRun(deps.env, deps.readFile);
  const client = createGitHubClient(token, run.apiUrl, { clock, log });
  const { shard, environment } = targets;
  const about = [deployment || environment, shard === undefined ? '' : `shard ${shard.index}/${shard.of}`]
    .filter((part) => part !== '')
    .join(', ');
  return {
    revisions: createRevisionReader(client, run.serverUrl, clock),
    announcer:
      deployment === '' && !comment
        ? undefined
        : createAnnouncer({ deployment, environmentUrl, comment, about }, run, { client, clock, runUrl }),
  };
}
