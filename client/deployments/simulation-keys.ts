/** The context key that commands and keys of simulations depend on: `roboconf.simulation` is `running`, `paused`, `over` or `none`. */
import * as vscode from 'vscode';
import type { Simulations } from './simulations.ts';

/** Keeps the key as the simulation that was begun last is, until disposed. */
export function showSimulationKeys(simulations: Simulations): vscode.Disposable {
    let told = '';
    const tell = (): void => {
        const status = simulations.view(simulations.latest(null) ?? '')?.status ?? 'none';
        if (status === told) return;
        told = status;
        void vscode.commands.executeCommand('setContext', 'roboconf.simulation', status);
    };
    tell();
    return simulations.onChange(tell);
}
