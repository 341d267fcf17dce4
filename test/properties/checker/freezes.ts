import type { Freeze, FreezeScope } from '../../../src/domain/config.ts';

/** Whether the freeze forbids this kind of work; `allow` narrows its own freeze, by kind or for grave patches. */
export function blocks({ blocks: scopes, allow }: Freeze, scope: FreezeScope, grave = false): boolean {
  return scopes.includes(scope) && !allow.includes(scope) && !(grave && allow.includes('security'));
}
