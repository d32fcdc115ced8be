import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Application, Destination } from '../../src/argocd/application.ts';
import { refKey } from '../../src/argocd/application.ts';
import type { TargetInputs } from '../../src/sync/inputs/types.ts';
import { type Selection, type Sighting, select } from '../../src/targets/select.ts';
import { application } from '../factories/application.ts';
import { named, targets } from '../factories/targets.ts';

interface Seen {
  readonly labels?: Readonly<Record<string, string>>;
  readonly project?: string;
  readonly destination?: Partial<Destination>;
  readonly repositories?: readonly string[];
}

const refOf = (text: string) => {
  const slash = text.indexOf('/');
  return { namespace: slash < 0 ? 'argocd' : text.slice(0, slash), name: text.slice(slash + 1) };
};

const whole = (text: string, seen: Seen = {}): Sighting => {
  const defaults = application();
  const app: Application = application({
    ref: refOf(text),
    labels: seen.labels ?? {},
    project: seen.project ?? 'default',
    destination: { ...defaults.destination, ...seen.destination },
    sources: (seen.repositories ?? ['https://git.example.com/deploy.git']).map((repoURL) => ({
      repoURL,
      targetRevision: 'main',
      path: '.',
      chart: '',
      name: '',
    })),
  });
  return { candidate: { ref: app.ref, project: app.project, application: app }, base: true, labels: 'match' };
};

const light = (text: string, labels: Sighting['labels'] = 'match', base = true): Sighting => ({
  candidate: { ref: refOf(text), project: undefined, application: undefined },
  base,
  labels,
});

const run = (seen: readonly Sighting[], conditions: Partial<TargetInputs>): Selection =>
  select(seen, targets(conditions), (item) => ({
    ref: { namespace: item.namespace, name: item.name },
    verdict: { name: 'not-found', message: 'not there', hint: '' },
  }));

const names = (selection: Selection): readonly string[] => selection.selected.map(({ ref }) => refKey(ref));
const reasons = (selection: Selection): Readonly<Record<string, string>> =>
  Object.fromEntries(selection.excluded.map(({ ref, reason }) => [ref.name, reason]));
const failures = (selection: Selection): Readonly<Record<string, string>> =>
  Object.fromEntries(selection.failed.map(({ ref, verdict }) => [ref.name, `${verdict.name}: ${verdict.message}`]));

describe('names', () => {
  test('come in the order given, then the others by namespace and name', () => {
    const seen = [light('shop-b'), light('shop-a'), light('cart'), light('zebra'), light('aaa/shop-c')];
    expect(names(run(seen, { names: named('zebra', 'cart'), globs: ['shop-*'] }))).toEqual([
      'argocd/zebra',
      'argocd/cart',
      'aaa/shop-c',
      'argocd/shop-a',
      'argocd/shop-b',
    ]);
  });

  test('of two namespaces are two Applications (rule 1, H18)', () => {
    const seen = [light('team-a/shop'), light('team-b/shop')];
    expect(names(run(seen, { names: named('shop') }))).toEqual(['team-a/shop', 'team-b/shop']);
    expect(names(run(seen, { names: named('team-b/shop') }))).toEqual(['team-b/shop']);
    expect(names(run(seen, { names: named('team-b/shop', 'shop') }))).toEqual(['team-b/shop', 'team-a/shop']);
  });

  test('with dots are names like any other (H11)', () => {
    expect(names(run([light('org.shop.v1'), light('orgxshop.v1')], { names: named('org.shop.v1') }))).toEqual([
      'argocd/org.shop.v1',
    ]);
  });

  test('that do not exist are failed Applications, in their place; the others go on', () => {
    const selection = run([light('b')], { names: named('a', 'b', 'c') });
    expect(selection.order.map((ref) => ref.name)).toEqual(['a', 'b', 'c']);
    expect(failures(selection)).toEqual({ a: 'not-found: not there', c: 'not-found: not there' });
    expect(names(selection)).toEqual(['argocd/b']);
  });

  test('in a namespace that only a qualified item names are not meant by unqualified ones', () => {
    const seen = [light('argocd/shop'), light('team-a/shop', 'match', false), light('team-a/cart', 'match', false)];
    expect(names(run(seen, { names: named('team-a/cart', 'shop') }))).toEqual(['team-a/cart', 'argocd/shop']);
    expect(names(run(seen, { globs: ['*', 'team-a/c*'] }))).toEqual(['argocd/shop', 'team-a/cart']);
  });
});

describe('all conditions must hold (H2)', () => {
  const fleet = [
    whole('shop-eu', { destination: { name: 'eu', server: '' }, project: 'shops' }),
    whole('shop-us', { destination: { name: 'us', server: '' }, project: 'shops' }),
    whole('shop-x', { destination: { name: 'eu', server: '' }, project: 'tests' }),
    whole('cart', { destination: { name: 'eu', server: '' }, project: 'shops' }),
  ];

  test('what matches the name and falls to a filter is excluded with its reason; the rest is not mentioned', () => {
    const selection = run(fleet, { regex: 'shop-.*', cluster: 'eu', project: 'shops' });
    expect(names(selection)).toEqual(['argocd/shop-eu']);
    expect(reasons(selection)).toEqual({
      'shop-us': 'goes to cluster "us" instead of "eu"',
      'shop-x': 'is in project "tests" instead of "shops"',
    });
  });

  test('every reason is named, in a fixed order', () => {
    const selection = run([whole('shop', { labels: { team: 'a' } })], {
      globs: ['*'],
      project: 'p',
      cluster: 'c',
      destinationNamespace: 'n',
      repository: 'https://git.example.com/other',
      service: 's',
      environment: 'e',
    });
    expect(reasons(selection).shop).toBe(
      [
        'has no label harness.io/serviceRef, and "s" is wanted',
        'has no label harness.io/envRef, and "e" is wanted',
        'is in project "default" instead of "p"',
        'goes to cluster "https://kubernetes.default.svc" instead of "c"',
        'goes to namespace "shop" instead of "n"',
        'comes from "https://git.example.com/deploy.git" instead of "https://git.example.com/other"',
      ].join('; '),
    );
  });

  test('a name that fails a filter is a mismatch, not an exclusion', () => {
    const selection = run(fleet, { names: named('shop-us', 'shop-eu'), cluster: 'eu' });
    expect(failures(selection)).toEqual({
      'shop-us': 'mismatch: Asked for by name, but it goes to cluster "us" instead of "eu"',
    });
    expect(selection.excluded).toEqual([]);
    expect(selection.order.map((ref) => ref.name)).toEqual(['shop-us', 'shop-eu']);
  });

  test('a name that fails the regular expression or the selector is a mismatch', () => {
    expect(failures(run(fleet, { names: named('cart'), regex: 'shop-.*', selector: 'team=a' })).cart).toBe(
      'mismatch: Asked for by name, but it does not match application-regex "shop-.*"; does not match selector "team=a"',
    );
  });

  test('the selector selects: what it does not match is not mentioned', () => {
    const selection = run([whole('a', { labels: { team: 'x' } }), whole('b')], { selector: 'team=x' });
    expect(names(selection)).toEqual(['argocd/a']);
    expect(selection.excluded).toEqual([]);
  });

  test('any source may be the repository', () => {
    const seen = [
      whole('multi', { repositories: ['https://charts.example.com', 'git@git.example.com:org/values.git'] }),
      whole('none', { repositories: ['https://user:secret@git.example.com/x'] }),
    ];
    const selection = run(seen, { globs: ['*'], repository: 'https://GIT.example.com/org/values/' });
    expect(names(selection)).toEqual(['argocd/multi']);
    expect(reasons(selection).none).toBe(
      'comes from "https://git.example.com/x" instead of "https://GIT.example.com/org/values/"',
    );
  });

  test('service and environment by the labels that were chosen', () => {
    const seen = [whole('a', { labels: { svc: 'cart' } }), whole('b', { labels: { svc: 'pay' } }), whole('c')];
    const selection = run(seen, { globs: ['*'], service: 'cart', serviceLabel: 'svc' });
    expect(names(selection)).toEqual(['argocd/a']);
    expect(reasons(selection)).toEqual({
      b: 'has label svc="pay" instead of "cart"',
      c: 'has no label svc, and "cart" is wanted',
    });
  });

  test('where only the server knows the labels, its filter decides', () => {
    const seen = [light('a'), light('b', 'filtered'), light('c', 'unselected'), light('d', 'unselected')];
    const selection = run(seen, { globs: ['a', 'b'], names: named('c'), selector: 'team=x', environment: 'prod' });
    expect(names(selection)).toEqual(['argocd/a']);
    expect(reasons(selection)).toEqual({ b: 'does not have label harness.io/envRef=prod' });
    expect(failures(selection)).toEqual({
      c: 'mismatch: Asked for by name, but it does not match selector "team=x"',
    });
  });
});

describe('exclude', () => {
  test('leaves out with its reason, names too', () => {
    const selection = run([light('shop-a'), light('shop-b'), light('cart')], {
      names: named('cart'),
      globs: ['shop-*'],
      exclude: ['*-b', 'cart'],
    });
    expect(names(selection)).toEqual(['argocd/shop-a']);
    expect(reasons(selection)).toEqual({ cart: 'matches exclude "cart"', 'shop-b': 'matches exclude "*-b"' });
    expect(selection.failed).toEqual([]);
  });
});

test('the selection is complete and stable: every Application is selected, excluded, failed or unmatched, whatever the order', () => {
  const name = fc.constantFrom('a', 'b', 'shop-a', 'shop-b', 'cart');
  const space = fc.constantFrom('argocd', 'team-a');
  const sighting = fc
    .tuple(space, name, fc.constantFrom('x', 'y'), fc.boolean())
    .map(([namespace, text, team, base]) => ({
      ...whole(`${namespace}/${text}`, { labels: { team }, project: team }),
      base: base || namespace === 'argocd',
    }));
  const conditions = fc.record({
    names: fc.uniqueArray(fc.constantFrom('a', 'cart', 'team-a/b', 'nope')).map((items) => named(...items)),
    globs: fc.uniqueArray(fc.constantFrom('shop-*', 'team-*/*', '*')),
    regex: fc.constantFrom('', '.*', 'shop-.*'),
    selector: fc.constantFrom('', 'team=x'),
    project: fc.constantFrom('', 'x'),
    exclude: fc.constantFrom<readonly string[]>([], ['*-b'], ['a']),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(sighting, { selector: ({ candidate }) => refKey(candidate.ref) }),
      conditions,
      (seen, given) => {
        const selection = run(seen, given);
        const inSelected = new Set(selection.selected.map(({ ref }) => refKey(ref)));
        const inExcluded = new Set(selection.excluded.map(({ ref }) => refKey(ref)));
        const inFailed = new Set(selection.failed.map(({ ref }) => refKey(ref)));
        expect(inSelected.size + inExcluded.size + inFailed.size).toBe(
          selection.selected.length + selection.excluded.length + selection.failed.length,
        );
        for (const { candidate } of seen) {
          const key = refKey(candidate.ref);
          const places = [inSelected, inExcluded, inFailed].filter((place) => place.has(key)).length;
          expect(places).toBeLessThanOrEqual(1);
          if (
            given.names.length + given.globs.length === 0 &&
            given.regex + given.selector + given.project === '' &&
            given.exclude.length === 0
          ) {
            expect(inSelected.has(key)).toBe(
              seen.some(({ candidate: other, base }) => base && refKey(other.ref) === key),
            );
          }
        }
        expect(selection.order.map(refKey).sort()).toEqual([...inSelected, ...inFailed].sort());
        expect(run([...seen].reverse(), given)).toEqual(selection);
      },
    ),
    { numRuns: 500 },
  );
});
