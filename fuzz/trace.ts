import type { Application } from '../src/argocd/application.ts';
import { shortRevisions } from '../src/operation/revisions.ts';
import type { Moment, Played } from './play.ts';
import { isRead } from './requests.ts';

/** What happened, line by line in the order of time; for people. `only`: this Application, `''`: all. */
export function trace(played: Played, only: string): string {
  const lines: { readonly atMs: number; readonly text: string }[] = [];
  for (const [key, moments] of played.timelines) {
    if (only !== '' && key !== only) continue;
    let before = '';
    for (const moment of moments) {
      const text = describe(moment);
      if (text !== before) lines.push({ atMs: moment.atMs, text: `  ${key}: ${text}` });
      before = text;
    }
  }
  for (const { atMs, event } of played.events) {
    if ('ref' in event && only !== '' && `${event.ref.namespace}/${event.ref.name}` !== only) continue;
    if (event.kind === 'heartbeat') continue;
    const { kind, ...rest } = event;
    lines.push({ atMs, text: `> ${kind} ${cut(JSON.stringify(rest), 260)}` });
  }
  const name = only.split('/').at(-1) ?? '';
  for (const request of played.requests) {
    if (only !== '' && /app-\d+/.test(request.path) && !request.path.includes(name)) continue;
    const body = isRead(request) ? '' : ` ${cut(request.body, 200)}`;
    lines.push({
      atMs: request.atMs,
      text: `? ${request.method} ${cut(request.path, 110)} → ${request.status}${body}`,
    });
  }
  return lines
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, text }) => `${(atMs / 1000).toFixed(3).padStart(9)} ${text}`)
    .join('\n');
}

const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max)}…` : text);

function describe({ shown, truth }: Moment): string {
  if (shown === undefined) return 'gone';
  const real =
    truth === undefined
      ? ''
      : ` | truly ${truth.health} ${shortRevisions(truth.revisions)}${truth.intact ? '' : ' not intact'}`;
  return `${status(shown)}${real}`;
}

function status(application: Application): string {
  const { operation, operationState: state, sync, health, annotations } = application;
  const parts = [
    `${sync.status}/${health.status} ${shortRevisions(sync.revisions)} rec ${application.reconciledAt.slice(14, 19)}`,
    operation === undefined
      ? ''
      : `operation of ${operation.automated ? 'auto-sync' : operation.initiatedBy || 'somebody'}`,
    state === undefined
      ? ''
      : `${state.phase} (${state.operation.initiatedBy || 'somebody'}) ${state.startedAt.slice(14, 19)}-${state.finishedAt.slice(14, 19)} ${cut(state.message, 60)}`,
    Object.keys(annotations).join(' '),
    application.deleting ? 'deleting' : '',
    application.conditions.map(({ type }) => type).join(' '),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
