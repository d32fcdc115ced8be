import type { GitHubClient } from '../../github/client.ts';
import { findComment, pullOf, type StickyComment, writeComment } from '../../github/comments.ts';
import { createDeployment, type DeploymentStatus, setDeploymentStatus } from '../../github/deployments.ts';
import { GitHubError } from '../../github/errors.ts';
import type { GitHubRun } from '../../github/event.ts';
import type { GitHubRepository } from '../../github/repository.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Report } from '../report.ts';
import { commentMark, toComment } from './comment.ts';
import { toDeploymentStatus } from './deployment.ts';

/** Tells GitHub how a run goes. Nothing of it fails the run or holds it up. */
export interface Announcer {
  /** The run begins its work: the deployment is created and in progress, the comment looked for. Returns at once. */
  begin(): void;
  /**
   * Tells the end of the run; `report` is without secrets. Takes {@link FINISH_MS} at most, and {@link CANCELLED_MS} from the moment
   * `cancelled` aborts, even if that was before. Answers what could not be done, for people. Never rejects.
   */
  finish(report: Report, cancelled: Cancelled): Promise<readonly string[]>;
}

/** A signal to end, and how long ago it came (milliseconds) once it has. */
export interface Cancelled {
  readonly signal: AbortSignal;
  readonly sinceMs: () => number;
}

/** How long the end of a step may wait for GitHub, in milliseconds. */
export const FINISH_MS = 15_000;
/** A cancelled step reports within 5 s, and is killed soon after. */
export const CANCELLED_MS = 4_200;
/** What there is at least, however long the run took to stop. */
const AT_LEAST_MS = 700;

export interface Announcements {
  /** The environment of the deployment, `''`: none is wanted. */
  readonly deployment: string;
  /** `''`: none. */
  readonly environmentUrl: string;
  readonly comment: boolean;
  /** What the comment is about: the environment, and the slice of the selection. There is one comment for each. */
  readonly about: string;
}

/** What could not be done, as a value: it must not be an unhandled rejection while nobody waits for it. */
type Tried<T> = { readonly done: T } | { readonly failed: string };

const NO_TIME = 'GitHub took too long';

export function createAnnouncer(
  wanted: Announcements,
  run: GitHubRun,
  deps: { readonly client: GitHubClient; readonly clock: Clock; readonly runUrl: string },
): Announcer {
  const { client, clock, runUrl } = deps;
  const { repository, commit } = run;
  const stop = new AbortController();
  const { signal } = stop;

  const status = (told: Pick<DeploymentStatus, 'state' | 'description'>): DeploymentStatus => ({
    ...told,
    logUrl: runUrl,
    environmentUrl: wanted.environmentUrl,
  });

  const deploy = async (home: GitHubRepository): Promise<number> => {
    if (commit === '') throw new GitHubError('invalid', 'cannot create a deployment: the commit of the run is unknown');
    const { deployment: environment } = wanted;
    const id = await createDeployment(client, home, { commit, environment }, signal);
    const inProgress = status({ state: 'in_progress', description: 'Syncing' });
    // What keeps this from being set is told when the end cannot be set either.
    await setDeploymentStatus(client, home, id, inProgress, signal).catch(() => {});
    return id;
  };

  /** Undefined: no pull request belongs to the commit. */
  const locate = async (
    home: GitHubRepository,
  ): Promise<{ readonly sticky: StickyComment; readonly id: number | undefined } | undefined> => {
    const pull = run.pull ?? (commit === '' ? undefined : await pullOf(client, home, commit, signal));
    if (pull === undefined) return undefined;
    const sticky = { repository: home, pull, mark: commentMark(wanted.about) };
    return { sticky, id: await findComment(client, sticky, signal) };
  };

  let deployed: Promise<Tried<number>> | undefined;
  let located: Promise<Tried<Awaited<ReturnType<typeof locate>>>> | undefined;
  const begin = (): void => {
    if (repository === undefined) return;
    if (wanted.deployment !== '') deployed ??= tried(deploy(repository));
    if (wanted.comment) located ??= tried(locate(repository));
  };

  const finishDeployment = async (home: GitHubRepository, report: Report): Promise<string> => {
    const made = await deployed;
    if (made === undefined || 'failed' in made) return made?.failed ?? '';
    const set = await tried(setDeploymentStatus(client, home, made.done, status(toDeploymentStatus(report)), signal));
    return 'failed' in set ? set.failed : '';
  };

  const finishComment = async (report: Report): Promise<string> => {
    const place = await located;
    if (place === undefined || 'failed' in place) return place?.failed ?? '';
    if (place.done === undefined) {
      const which = commit === '' ? 'the run' : `commit ${commit.slice(0, 7)}`;
      return `no comment was written: no pull request belongs to ${which}`;
    }
    const { sticky, id } = place.done;
    const body = toComment(report, { mark: sticky.mark, about: wanted.about, commit, runUrl });
    const written = await tried(writeComment(client, sticky, id, body, signal));
    return 'failed' in written ? written.failed : '';
  };

  return {
    begin,
    async finish(report, cancelled) {
      if (repository === undefined) return ['GitHub was told nothing: GITHUB_REPOSITORY is not set'];
      // Where it did not come to a beginning, people see the failure all the same.
      begin();
      const giveUp = (): void => stop.abort(new Error(NO_TIME));
      let cancelTimer = clock.schedule(FINISH_MS, giveUp);
      const hurry = (): void => {
        cancelTimer();
        cancelTimer = clock.schedule(Math.max(CANCELLED_MS - cancelled.sinceMs(), AT_LEAST_MS), giveUp);
      };
      if (cancelled.signal.aborted) hurry();
      cancelled.signal.addEventListener('abort', hurry, { once: true });
      try {
        const said = await Promise.all([finishDeployment(repository, report), finishComment(report)]);
        return said.filter((line) => line !== '');
      } finally {
        cancelTimer();
        cancelled.signal.removeEventListener('abort', hurry);
      }
    },
  };
}

async function tried<T>(attempt: Promise<T>): Promise<Tried<T>> {
  try {
    return { done: await attempt };
  } catch (error) {
    if (!(error instanceof GitHubError)) return { failed: `GitHub: ${error instanceof Error ? error.message : error}` };
    if (error.code === 'aborted') return { failed: error.message.replace(/stopped$/, NO_TIME) };
    return { failed: error.hint === '' ? error.message : `${error.message}. ${error.hint}` };
  }
}
