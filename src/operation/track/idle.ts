import type { Application } from '../../argocd/application.ts';
import { isWindowBlocked } from '../messages.ts';
import { done, type Track } from './state.ts';

/** Rule 48: an operation that is told to end while a closed window holds it ends when the window opens, hours later perhaps. */
export function followIdle(state: Track, application: Application, atMs: number): Track {
  if (application.operation === undefined) {
    return done(state, { name: 'terminated', message: describeEnd(application), hint: '' }, atMs);
  }
  const { operationState } = application;
  if (operationState?.phase !== 'Terminating' || !isWindowBlocked(operationState.message)) return state;
  return done(
    state,
    {
      name: 'blocked',
      message: 'the operation was told to end, but a closed sync window holds it until it opens; it will sync nothing',
      hint: 'It ends by itself when the window opens, or is taken out of the AppProject.',
    },
    atMs,
  );
}

const describeEnd = (application: Application): string => {
  const state = application.operationState;
  return state === undefined || state.message === '' ? 'no operation is running' : `${state.phase}: ${state.message}`;
};
