/** The simulations of the window as they are played: where each stands, and what can be done to it. */
import type { SimulationControl, SimulationView } from '../../media/protocol.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import type { Deployments } from './deployments.ts';
import type { SimulationPlayer } from './simulated-engine.ts';

export interface Simulations {
    /** Takes the player of a simulation in, under the id the deployments show it by. It keeps the speed the last one had. */
    readonly add: (id: string, player: SimulationPlayer) => void;
    /** Where a simulation stands; null when the id is of none. */
    readonly view: (id: string) => SimulationView | null;
    readonly control: (id: string, control: Exclude<SimulationControl, 'restart'>) => void;
    /** The one that was added last, of an application's real directory when that is given. */
    readonly latest: (directory: string | null) => string | undefined;
    readonly onChange: (listener: () => void) => Subscription;
    readonly dispose: () => void;
}

/** None yet. Those that leave the list of deployments are forgotten. */
export function createSimulations(deployments: Pick<Deployments, 'find' | 'onChange'>): Simulations {
    const players = new Map<string, SimulationPlayer>();
    const subscriptions = new Map<string, () => void>();
    const changes = createEmitter<void>();
    let speed: SimulationView['speed'] = 1;
    const forget = (id: string): void => {
        subscriptions.get(id)?.();
        subscriptions.delete(id);
        players.delete(id);
        changes.emit();
    };
    const removal = deployments.onChange(() => {
        for (const id of [...players.keys()]) if (deployments.find(id) === undefined) forget(id);
    });
    return {
        add: (id, player) => {
            players.set(id, player);
            subscriptions.set(
                id,
                player.onChange(() => changes.emit()),
            );
            player.setSpeed(speed);
        },
        view: (id) => players.get(id)?.view() ?? null,
        control: (id, control) => {
            const player = players.get(id);
            player?.control(control);
            speed = player?.view().speed ?? speed;
        },
        latest: (directory) => {
            const isOf = (id: string): boolean =>
                directory === null || deployments.find(id)?.key.directory === directory;
            return [...players.keys()].findLast(isOf);
        },
        onChange: changes.listen,
        dispose: () => {
            removal.dispose();
            for (const id of [...players.keys()]) forget(id);
        },
    };
}
