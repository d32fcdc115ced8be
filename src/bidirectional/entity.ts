/** The declarative entities that are kept equal, in the order in which one may need the other. */
export const KINDS = ['AppProject', 'ApplicationSet', 'Application'] as const;
export type Kind = (typeof KINDS)[number];

export const API_VERSION = 'argoproj.io/v1alpha1';
/** Begins the `apiVersion` of everything of Argo CD. */
export const API_GROUP = 'argoproj.io';

export const isKind = (value: unknown): value is Kind => KINDS.some((kind) => kind === value);

/** What makes an entity the same one on both sides: never the name of its file. */
export interface EntityRef {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** `Application argocd/web`: a key for maps, and what people read. */
export const entityName = ({ kind, namespace, name }: EntityRef): string => `${kind} ${namespace}/${name}`;

/** Projects first, because Applications refer to them; then by namespace and name. */
export const compareEntities = (a: EntityRef, b: EntityRef): number =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
  (a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : 0) ||
  (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
