/** Where instances of tests are. */
import type { MachinePlace } from '../../../runner/executor.ts';

export const THIS_COMPUTER: MachinePlace = { path: '', id: 'local', address: '127.0.0.1', target: null };
