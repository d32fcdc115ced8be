/**
 * The floor: what no client can leave out, and nothing else. Finds the Applications `pick-…`, asks for one sync each, follows
 * one stream until all of them are Synced and Healthy, and ends. It checks nothing, proves nothing, holds nothing,
 * reports nothing; a server that misbehaves makes it hang or fail.
 * Settings come as JSON in the variable FLOOR.
 */
import { argocdFloor } from './argocd.ts';
import { createBareHttp } from './http.ts';
import { kubernetesFloor } from './kubernetes.ts';
import type { FloorSettings } from './settings.ts';

const settings = JSON.parse(process.env.FLOOR ?? '') as FloorSettings;
const http = createBareHttp({ ...settings, connections: settings.concurrency });
const run = settings.transport === 'kubernetes' ? kubernetesFloor : argocdFloor;
run(http, settings.concurrency, settings.selected).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
