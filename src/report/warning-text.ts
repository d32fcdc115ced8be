import type { WarningEvent } from '../argocd/explanation.ts';

/** `Pod shop/cart-7d4b-x2c7d BackOff (12 times): Back-off restarting failed container`. As servers wrote it: not fit to be shown. */
export const warningText = ({ kind, namespace, name, reason, message, count }: WarningEvent): string =>
  `${kind} ${namespace === '' ? '' : `${namespace}/`}${name} ${reason}${count > 1 ? ` (${count} times)` : ''}: ${message}`;
