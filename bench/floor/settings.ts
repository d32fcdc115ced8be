/** What a floor process is told. */
export interface FloorSettings {
  readonly transport: 'kubernetes' | 'argocd';
  readonly base: string;
  readonly certificateAuthority: string;
  readonly token: string;
  readonly concurrency: number;
  /** How many Applications there must be, as a check that both contenders do the same work. */
  readonly selected: number;
}

/** Which Applications are meant. */
export const isPicked = (name: string): boolean => name.startsWith('pick-');
