import type { Execute } from '../command.ts';
import { decideAndSay } from './decide-and-say.ts';

export const execute: Execute = (call) => decideAndSay('done', call);
