/** The controls of a simulation, like those of a player: pause, step, speed, end, restart, and the virtual clock. */
import type { SimulationControl, SimulationView } from '../protocol.ts';
import { fill, type Texts } from '../texts.ts';
import { html, iconButton, isMotionReduced, showIcon, withChildren } from './dom.ts';

export interface SimulationBar {
    readonly element: HTMLElement;
    /** Null hides the bar. */
    readonly show: (simulation: SimulationView | null) => void;
}

const PAUSE = 'M5 3v10M11 3v10';
const PLAY = 'M4.5 2.75L13 8l-8.5 5.25z';
const STEP = 'M3.5 3.5L9.5 8l-6 4.5zM12.5 3v10';
const END = 'M2.5 3.5L7.5 8l-5 4.5zM7.5 3.5L12.5 8l-5 4.5zM14 3v10';
const RESTART = 'M3 3v3.75h3.75M3.4 6.6a5.25 5.25 0 1 1-.6 3.15';
const SLOWER = 'M8.5 3.5L3 8l5.5 4.5zM13.5 3.5L8 8l5.5 4.5z';
const FASTER = 'M2.5 3.5L8 8l-5.5 4.5zM7.5 3.5L13 8l-5.5 4.5z';

/** The bar, hidden; `act` is told what the user asks for. */
export function createSimulationBar(texts: Texts, act: (control: SimulationControl) => void): SimulationBar {
    const tool = (icon: string, key: keyof Texts, control: SimulationControl): HTMLButtonElement =>
        iconButton(icon, texts[key], () => act(control));
    let isRunning = false;
    const toggle = iconButton(PAUSE, texts['simulation.pause'], () => act(isRunning ? 'pause' : 'continue'));
    const step = tool(STEP, 'simulation.step', 'step');
    const end = tool(END, 'simulation.end', 'end');
    const [slower, faster] = [tool(SLOWER, 'simulation.slower', 'slower'), tool(FASTER, 'simulation.faster', 'faster')];
    const restart = tool(RESTART, 'simulation.restart', 'restart');
    const speed = html('span', 'speed');
    const title = html('span', 'simulation-title', texts['simulation.title']);
    const clock = createClock(texts);
    const element = withChildren(
        html('div', 'simulation'),
        title,
        clock.element,
        ...[toggle, step, end, restart],
        withChildren(html('span', 'speeds'), slower, speed, faster),
    );
    element.setAttribute('role', 'toolbar');
    element.setAttribute('aria-label', texts['simulation.title']);
    element.hidden = true;
    const showToggle = (simulation: SimulationView): void => {
        isRunning = simulation.status === 'running';
        const name = texts[isRunning ? 'simulation.pause' : 'simulation.continue'];
        showIcon(toggle, isRunning ? PAUSE : PLAY);
        toggle.title = name;
        toggle.setAttribute('aria-label', name);
        for (const control of [toggle, step, end]) control.disabled = simulation.status === 'over';
    };
    return {
        element,
        show: (simulation) => {
            element.hidden = simulation === null;
            clock.show(simulation);
            if (simulation === null) return;
            showToggle(simulation);
            title.textContent = texts[`simulation.${simulation.status}`];
            speed.textContent = `×${String(simulation.speed)}`;
            speed.title = fill(texts['simulation.speed'], simulation.speed);
        },
    };
}

/** The virtual clock. Between two messages it goes on by itself, never beyond what is known to happen next. */
function createClock(texts: Texts): SimulationBar {
    const element = html('span', 'clock');
    element.title = texts['simulation.clock'];
    element.setAttribute('role', 'timer');
    element.setAttribute('aria-live', 'off');
    let frame = 0;
    const run = (simulation: SimulationView, begunAt: number): void => {
        const passedMs = (performance.now() - begunAt) * simulation.rate;
        const clockMs = Math.min(simulation.clockMs + passedMs, Math.max(simulation.clockMs, simulation.untilMs));
        element.textContent = clockText(clockMs);
        if (clockMs < simulation.untilMs) frame = window.requestAnimationFrame(() => run(simulation, begunAt));
    };
    return {
        element,
        show: (simulation) => {
            window.cancelAnimationFrame(frame);
            if (simulation === null) return;
            element.textContent = clockText(simulation.clockMs);
            if (simulation.rate > 0 && !isMotionReduced()) run(simulation, performance.now());
        },
    };
}

/** Minutes, seconds and tenths: `1:02.5`. */
export function clockText(ms: number): string {
    const tenths = Math.floor(ms / 100);
    const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, '0');
    return `${String(Math.floor(tenths / 600))}:${seconds}.${String(tenths % 10)}`;
}
