import type { Access } from '../sandbox/protocol.ts';

export type Transport = 'kubernetes' | 'argocd';
export const TRANSPORTS: readonly Transport[] = ['kubernetes', 'argocd'];

/** How a process is to do its work. */
export interface Task {
  readonly transport: Transport;
  readonly access: Access;
  /** How many Applications `pick-…` there are. */
  readonly selected: number;
}

/** What one process did. */
export interface ProcessRun {
  /** From before its start until after its end, in milliseconds. */
  readonly wallMs: number;
  /** User and system time. */
  readonly cpuMs: number;
  /** The most memory it ever had, in bytes. */
  readonly peakBytes: number;
}

/** Syncs at a time, the same for both. */
export const CONCURRENCY = 10;
