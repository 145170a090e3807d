/**
 * The simulation made to follow an order of answers: its own world performs every effect and its own loop takes every turn, but which
 * of the answers it has ready comes next is said from outside. Addresses and ports are those of the run that is followed: a world may
 * choose them freely.
 */
import { createAdvance } from '../../../runner/core/advance.ts';
import type { Effect } from '../../../runner/core/effect.ts';
import type { CoreEvent } from '../../../runner/core/event.ts';
import { snapshotOf, type InstanceSnapshot } from '../../../runner/core/snapshot.ts';
import { nextEvents, startSimulation, type Simulation } from '../../../runner/simulation/simulate.ts';
import { plan, takeEarliest } from '../../../runner/simulation/timeline.ts';
import type { Delivery } from '../../../runner/simulation/world.ts';
import type { News } from './answers.ts';
import { faultsOf, type ParityCase } from './generated.ts';

export interface FollowedRun {
    readonly facts: readonly CoreEvent[];
    /** The recipes the simulated world was asked to run, in order. */
    readonly steps: readonly Extract<Effect, { kind: 'runStep' }>[];
    /** All instances whenever a run had ended. */
    readonly atRest: readonly (readonly InstanceSnapshot[])[];
    /** What the simulated world would still have said. */
    readonly unheard: readonly string[];
}

/** Lets the simulation take the answers in this order. Throws when one is due that the simulated world does not have. */
export function follow(parityCase: ParityCase, answers: readonly News[]): FollowedRun {
    const steps: Extract<Effect, { kind: 'runStep' }>[] = [];
    const inner = createAdvance();
    const simulation = startSimulation(parityCase.model, {
        seed: 1,
        faults: faultsOf(parityCase),
        scenario: [],
        advance: (state, input, observe) => {
            const turn = inner(state, input, observe);
            steps.push(...turn.effects.filter((effect) => effect.kind === 'runStep'));
            return turn;
        },
    });
    const ready: Delivery[] = [];
    const atRest: (readonly InstanceSnapshot[])[] = [];
    answers.forEach((answer, turn) => {
        const known = simulation.facts.length;
        if (answer.kind === 'order') simulation.scenario.push({ at: turn, happens: answer.order });
        else plan(simulation.world.timeline, turn, asAnswered(simulation, takeReady(ready, answer), answer));
        nextEvents(simulation);
        for (let next = takeNext(simulation); next !== undefined; next = takeNext(simulation)) ready.push(next);
        if (simulation.facts.slice(known).some(({ kind }) => kind === 'runEnded'))
            atRest.push(snapshotOf(simulation.state));
    });
    return { facts: simulation.facts, steps, atRest, unheard: ready.map(titleOf) };
}

function takeNext({ world }: Simulation): Delivery | undefined {
    return takeEarliest(world.timeline)?.item;
}

function takeReady(ready: Delivery[], answer: News): Delivery {
    const place = ready.findIndex((delivery) => titleOf(delivery) === titleOfNews(answer));
    const [found] = place < 0 ? [] : ready.splice(place, 1);
    if (found === undefined) {
        throw new Error(
            `the simulation has no ${titleOfNews(answer)}, but ${ready.map(titleOf).join(', ') || 'nothing'}`,
        );
    }
    return found;
}

function titleOf({ news }: Delivery): string {
    return titleOfNews(news);
}

/** An instance has one thing under way at a time: kind and path say which answer is meant. */
function titleOfNews(news: News): string {
    return 'path' in news ? `${news.kind} ${news.path}` : news.kind;
}

/** The simulated world's own answer with the addresses, ports and ends of the run that is followed. */
function asAnswered({ world }: Simulation, delivery: Delivery, answer: News): Delivery {
    const { news } = delivery;
    if (news.kind === 'machineUp' && answer.kind === 'machineUp') {
        const { machineId, address } = answer;
        world.machines.set(news.path, { address, upAt: 0 });
        return { ...delivery, news: { ...news, machineId, address } };
    }
    if (news.kind === 'portsFound' && answer.kind === 'portsFound') {
        if (news.ports.length !== answer.ports.length) throw new Error(`other ports are asked for ${news.path}`);
        return { ...delivery, news: { ...news, ports: answer.ports } };
    }
    if (news.kind === 'stepEnded' && answer.kind === 'stepEnded' && news.result.kind !== answer.result.kind)
        throw new Error(`${news.path}: ${news.result.kind} in the simulation, ${answer.result.kind} in truth`);
    return delivery;
}
