import { type LabelMatcher, parseLabelSelector } from '../kubernetes/label-selector.ts';
import { RpcError } from './rpc-error.ts';

/**
 * Parses a label selector as the Kubernetes API does.
 * `prefix` is what this API says before the parser's message.
 * @throws {RpcError} Unknown
 */
export function parseSelector(selector: string, prefix: string): LabelMatcher {
  try {
    return parseLabelSelector(selector);
  } catch (error) {
    throw new RpcError('Unknown', prefix + (error instanceof Error ? error.message : String(error)));
  }
}
