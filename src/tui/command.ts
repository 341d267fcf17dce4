/** What a key asks for. */
export type Command =
  | { readonly type: 'day' | 'sprint' | 'month' | 'row' | 'window' | 'zoom' | 'page'; readonly by: number }
  | { readonly type: 'edge'; readonly to: 'first' | 'last' }
  | { readonly type: 'today' | 'detail' | 'expand' | 'accept' | 'reject' | 'close' | 'help' | 'quit' };
