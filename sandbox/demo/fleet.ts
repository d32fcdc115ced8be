import { application, IN_CLUSTER } from '../fleets/builders.ts';
import { demo } from '../fleets/demo.ts';
import type { Fleet } from '../fleets/fleet.ts';

/** The demo's fleet; for `terminate` with one more Application, whose sync never gets past its hook. */
export function demoFleet(scenario: string): Fleet {
  const fleet = demo();
  if (scenario !== 'terminate') return fleet;
  const backup = application({
    name: 'shop-backup',
    project: 'shop',
    source: { path: 'prod/shop-backup', repoURL: 'https://git.example.com/shop/deploy.git', targetRevision: 'main' },
    destination: { server: IN_CLUSTER.server, namespace: 'shop' },
    script: {
      resources: [{ kind: 'CronJob', name: 'shop-backup' }],
      start: { runs: 'previous', compared: 'current' },
      syncs: [{ hooks: [{ type: 'PreSync', name: 'lock', takesMs: 3_600_000 }] }],
    },
  });
  return { ...fleet, applications: [...fleet.applications, backup] };
}
