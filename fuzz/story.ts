import fc from 'fast-check';
import type { Fault } from '../sandbox/types.ts';
import { applicationStory, type StoryApplication } from './applications.ts';
import { choices, type StoryInputs } from './choices.ts';
import { clampLag } from './lag.ts';
import { faults } from './troubles.ts';

/** One story, complete, as plain JSON: what is there, what everybody does, what goes wrong, and what is asked for. */
export interface Story {
  readonly transport: 'kubernetes' | 'argocd';
  /** Applications with odd numbers live in a second namespace. */
  readonly twoNamespaces: boolean;
  /** How they are selected. */
  readonly targeting: 'names' | 'all' | 'selector';
  /** The controller's pace: none of its own, as recorded, or ten times that. */
  readonly pace: 'instant' | 'real' | 'slow';
  readonly workers: number;
  /** The clock of the cluster beside the runner's. */
  readonly clockOffsetMs: number;
  /** Events that are kept for watches; 0: all. */
  readonly historySize: number;
  readonly faults: readonly Fault[];
  readonly applications: readonly StoryApplication[];
  readonly inputs: StoryInputs;
  /** When the workflow is cancelled, from the begin of the run; null: never. */
  readonly cancelAtMs: number | null;
  /** For jitter. */
  readonly seed: number;
  /** How long others have been at it before the run begins. */
  readonly beginMs: number;
}

const MINUTE = 60_000;

/** Any story. */
export const story: fc.Arbitrary<Story> = fc
  .record<Story>({
    transport: fc.constantFrom('kubernetes', 'argocd'),
    twoNamespaces: fc.boolean(),
    targeting: fc.constantFrom('names', 'all', 'selector'),
    pace: fc.constantFrom('instant', 'real', 'slow'),
    workers: fc.constantFrom(10, 1, 3),
    clockOffsetMs: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: -10 * MINUTE, max: 10 * MINUTE }) },
    ),
    historySize: fc.oneof(
      { weight: 5, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) },
    ),
    faults,
    applications: fc.oneof(
      { weight: 10, arbitrary: fc.array(applicationStory, { minLength: 1, maxLength: 3, size: 'max' }) },
      { weight: 4, arbitrary: fc.array(applicationStory, { minLength: 4, maxLength: 8, size: 'max' }) },
      { weight: 1, arbitrary: fc.array(applicationStory, { minLength: 9, maxLength: 30, size: 'max' }) },
    ),
    inputs: choices,
    cancelAtMs: fc.oneof(
      { weight: 8, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
    ),
    seed: fc.nat(),
    beginMs: fc.constantFrom(0, 0, 500, 3000),
  })
  .map(clampLag);
