import { setFailed } from '@actions/core';
import { runAction } from '../lib/run-action.ts';
import { boundCompiler } from './bound-compiler.ts';
import { boundMemory } from './bound-memory.ts';
import { main } from './main.ts';

boundMemory();
boundCompiler();
runAction(main, setFailed);
