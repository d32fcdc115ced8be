import { type Application, type Operation, type OperationState, operationId } from '../../argocd/application.ts';
import type { Identity } from './goal.ts';
import type { Stage } from './state.ts';

export const isOwnOperation = (own: Identity, operation: Operation | undefined): boolean =>
  operation !== undefined &&
  (own.kind === 'id' ? operationId(operation) === own.id : operation.initiatedBy === own.initiatedBy);

export const isOwnState = (own: Identity, state: OperationState | undefined): state is OperationState =>
  state !== undefined &&
  (own.kind === 'id'
    ? operationId(state.operation) === own.id
    : state.startedAt === own.startedAt && state.operation.initiatedBy === own.initiatedBy);

/** Our operation was seen to end: what still shows it at work is from before. */
export const isPast = (stage: Stage, own: Identity, { operation, operationState }: Application): boolean =>
  stage.kind === 'settling' &&
  operation !== undefined &&
  (own.kind === 'id' ? isOwnOperation(own, operation) : isOwnState(own, operationState));
