/** The numbers that bound a run. Each is repeated in action.yml and in the README where a user can meet it. */

/** Default and ceiling of `max-applications`. */
export const MAX_APPLICATIONS = 1000;

/** Up to this many exact names are read one by one instead of listing everything; up to this many are watched one by one. */
export const MAX_DIRECT_READS = 5;

/** Slices of a selection: as many jobs as a matrix of GitHub can have. */
export const MAX_SHARDS = 256;

export const DEFAULT_CONCURRENCY = 10;
export const MAX_CONCURRENCY = 100;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const DEFAULT_TIMEOUT_MS = 10 * MINUTE;
export const MIN_TIMEOUT_MS = SECOND;
/** The longest a job can run on a self-hosted runner: five days. */
export const MAX_TIMEOUT_MS = 120 * HOUR;

export const DEFAULT_HEALTHY_FOR_MS = 3 * SECOND;
/** Rule 30: a healthy state that was not held this long may be the one from before the sync. */
export const MIN_HEALTHY_FOR_MS = SECOND;
export const MAX_HEALTHY_FOR_MS = 24 * HOUR;

/** Beside a watch. */
export const DEFAULT_POLL_INTERVAL_MS = 15 * SECOND;
/** Instead of a watch. */
export const DEFAULT_POLL_INTERVAL_WITHOUT_WATCH_MS = 5 * SECOND;
export const MIN_POLL_INTERVAL_MS = SECOND;
export const MAX_POLL_INTERVAL_MS = 10 * MINUTE;

export const DEFAULT_REQUEST_TIMEOUT_MS = 30 * SECOND;
export const MIN_REQUEST_TIMEOUT_MS = SECOND;
export const MAX_REQUEST_TIMEOUT_MS = 10 * MINUTE;

/** Kubernetes' own limits of names. */
export const MAX_APPLICATION_NAME_LENGTH = 253;
export const MAX_NAMESPACE_LENGTH = 63;

/** Globs: characters of one, and what its braces may expand to. With these and a matcher without backtracking, matching is bounded. */
export const MAX_GLOB_LENGTH = 1024;
export const MAX_GLOB_ALTERNATIVES = 1000;

/** Regular expressions: characters, and instructions of the compiled program. Matching takes at most instructions × name length steps. */
export const MAX_REGEX_LENGTH = 20_000;
export const MAX_REGEX_INSTRUCTIONS = 20_000;
