import { type Import, importsOf } from './source-imports.ts';

/** Lower layers know nothing of higher ones. */
const RANK: Readonly<Record<string, number>> = {
  lib: 0,
  argocd: 1,
  github: 1,
  report: 2,
  targets: 3,
  operation: 3,
  sync: 4,
  bidirectional: 4,
};

/** The words every layer may use, as types only: what the user typed. */
const VOCABULARY = 'src/sync/inputs/types.ts';

/** Packages that only some places may import. */
const PACKAGES: readonly { readonly name: string; readonly where: RegExp; readonly places: string }[] = [
  {
    name: '@actions/core',
    where: /^src\/(?:[^/]+\/(?:index|main)\.ts|[^/]+\/inputs\/.*|(?:bidirectional\/)?report\/writer\.ts)$/,
    places: 'index, main, inputs and the writer in report',
  },
  { name: '@kubernetes/client-node', where: /^src\/argocd\/kubernetes\//, places: 'src/argocd/kubernetes' },
  {
    name: '@actions/github',
    where: /^src\/(?:github|bidirectional)\//,
    places: 'src/github and src/bidirectional',
  },
];

/** The one place that chooses an adapter. */
const CONNECTS = /^src\/(?:sync|bidirectional)\/connect\.ts$/;
const ADAPTER = /^src\/argocd\/(kubernetes|server)\//;

/**
 * Checks the imports of all files below src against the design: they point downward, adapters are known by nobody, packages
 * of the outside world stay at the border, and there are no cycles. `files`: path from the root → text. One line for each breach.
 */
export const checkLayering = (files: ReadonlyMap<string, string>): readonly string[] => {
  const graph = new Map<string, readonly Import[]>(
    [...files].filter(([path]) => path.startsWith('src/')).map(([path, text]) => [path, importsOf(path, text)]),
  );
  const breaches = [...graph].flatMap(([path, imports]) =>
    imports.flatMap((item) => breach(path, item)).map((reason) => `${path}: ${reason}`),
  );
  return [...breaches, ...cycles(graph)];
};

const layerOf = (path: string): string => path.split('/')[1] ?? '';

const breach = (path: string, item: Import): readonly string[] => {
  if (!item.relative) {
    const rule = PACKAGES.find(({ name }) => item.target === name || item.target.startsWith(`${name}/`));
    return rule === undefined || rule.where.test(path) ? [] : [`${rule.name} may only be imported in ${rule.places}`];
  }
  if (!item.target.startsWith('src/')) return [`imports ${item.target}, which is not part of the product`];
  if (item.target === VOCABULARY && item.typeOnly) return [];
  const [from, to] = [layerOf(path), layerOf(item.target)];
  const [rank, other] = [RANK[from], RANK[to]];
  if (rank === undefined) return [`${from} is no layer of the design`];
  if (other === undefined) return [`imports ${item.target}, and ${to} is no layer of the design`];
  if (other > rank) return [`imports ${item.target}: ${from} may not know ${to}`];
  if (from === 'sync' && to === 'bidirectional') return [`imports ${item.target}: the actions do not know each other`];
  if (from === 'targets' && to === 'operation') return [`imports ${item.target}: ${from} may not know ${to}`];
  const adapter = ADAPTER.exec(item.target)?.[1];
  if (adapter !== undefined && ADAPTER.exec(path)?.[1] !== adapter && !CONNECTS.test(path)) {
    return [`imports ${item.target}: only connect.ts and the adapter itself know an adapter`];
  }
  return [];
};

/** One line for each cycle, named once, from its alphabetically first file. Types count: they are read together too. */
const cycles = (graph: ReadonlyMap<string, readonly Import[]>): readonly string[] => {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      const loop = trail.slice(at);
      const first = loop.indexOf([...loop].sort()[0] ?? '');
      const turned = [...loop.slice(first), ...loop.slice(0, first)];
      found.add(`import cycle: ${[...turned, turned[0] ?? ''].join(' → ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const { relative, target } of graph.get(path) ?? []) if (relative) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return [...found];
};
