/** Limits of what is reported. GitHub's own are given where they are the reason. */

/** GitHub takes 1 MB of outputs per job, counted as UTF-16; this many UTF-16 units (900 kB) is what all outputs of one step may have together. */
export const OUTPUTS_MAX_UNITS = 450_000;
/** Messages in the output `applications`, UTF-16 units, before any trimming. */
export const OUTPUT_MESSAGE_MAX = 1000;

/** GitHub refuses a job summary above 1 MiB (1,048,576 bytes) as a whole. */
export const SUMMARY_MAX_BYTES = 950_000;
/** Rows of a table shown in the open; the rest is folded. */
export const SUMMARY_OPEN_ROWS = 10;
/** Messages in the job summary, UTF-16 units. */
export const SUMMARY_MESSAGE_MAX = 300;
/** Applications in the chart of what took longest. */
export const TIMELINE_APPLICATIONS = 12;

/** GitHub shows ten annotations of each level per step. The message the step fails with is one of the errors. */
export const ANNOTATIONS_MAX = 10;
/** Messages in annotations, UTF-16 units. GitHub cuts at 4 KB. */
export const ANNOTATION_MESSAGE_MAX = 1000;

/** Failing Applications named in the one-line message the step fails with. */
export const FAILURE_NAMES = 3;
/** Cause of each of them, UTF-16 units. */
export const FAILURE_CAUSE_MAX = 200;

/** Up to this many selected Applications every change is a line in the open; above it changes are folded into groups. */
export const LOG_OPEN_APPLICATIONS = 50;
/** Lines that folded groups of changes may have together in one run. */
export const LOG_FOLDED_LINES = 1200;
/** Lines that one of these groups may have. */
export const LOG_GROUP_LINES = 150;
/** Lines that folded groups of what passed may have together: one for each Application, and the groups' own. */
export const LOG_PASSED_LINES = 1100;
/** Lines that folded groups of what is wanted may have together: one for each Application, and the groups' own. */
export const LOG_PLANNED_LINES = 1100;
/** Lines for excluded Applications. */
export const LOG_EXCLUDED_LINES = 200;
/** Warnings for the whole run. */
export const LOG_WARNINGS = 50;
/** Failing Applications told with their resources at the end of the log. */
export const LOG_FAILURES = 40;
/** Resources told for each of them. */
export const LOG_RESOURCES = 5;
/** Messages in the log, UTF-16 units. */
export const LOG_MESSAGE_MAX = 400;

/** One text in the report file, UTF-16 units. */
export const REPORT_TEXT_MAX = 16_384;
