/**
 * Virtual time at the speed of an audience: how long a stretch of it takes on the screen. Pausing, stepping and other speeds count at once, also in
 * the middle of a stretch.
 */

export interface PacerConfig {
    /** Real milliseconds a virtual second takes at speed 1; asked before every wait, so that it can be changed meanwhile. 0 = none. */
    readonly pace: () => number;
    /** Real milliseconds that only ever grow. */
    readonly now: () => number;
    /** Waits real milliseconds, or shorter when the signal fires. Never rejects. */
    readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
    /** Told whenever the answer of `state` changes other than by time. */
    readonly changed: () => void;
}

export interface PacerState {
    readonly isPaused: boolean;
    /** Times faster than the pace. */
    readonly speed: number;
    /** Virtual milliseconds passed, and those the present stretch ends at. */
    readonly clockMs: number;
    readonly untilMs: number;
    /** Virtual milliseconds per real one; 0 while time stands still. */
    readonly rate: number;
}

export interface Pacer {
    readonly state: () => PacerState;
    /** Lets virtual milliseconds pass; one stretch at a time. */
    readonly pass: (virtualMs: number) => Promise<void>;
    readonly pause: () => void;
    readonly resume: () => void;
    /** Ends the present stretch, or the next one, and then stands still. */
    readonly step: () => void;
    readonly setSpeed: (speed: number) => void;
    /** Ends the present stretch. */
    readonly hurry: () => void;
    /** No stretch takes time any more, until `finish`. */
    readonly skip: () => void;
    /** The end of what was played: the next stretch takes its time again. */
    readonly finish: () => void;
}

/** Waits shorter than this are not worth a timer: they are made up for by the next one. */
const MIN_WAIT_MS = 4;

/** A clock at 0 that runs at speed 1. */
export function createPacer(config: PacerConfig): Pacer {
    const pacer = new PacedTime(config);
    return {
        state: () => pacer.state(),
        pass: (virtualMs) => pacer.pass(virtualMs),
        pause: () => pacer.change({ isPaused: true }),
        resume: () => pacer.change({ isPaused: false }),
        step: () => pacer.change({ isPaused: true, isStepping: true }),
        setSpeed: (speed) => pacer.change({ speed }),
        hurry: () => pacer.change({ isHurried: true }),
        skip: () => pacer.change({ isSkipping: true, isPaused: false }),
        finish: () => pacer.change({ isSkipping: false, isStepping: false }),
    };
}

interface Wishes {
    readonly isPaused: boolean;
    readonly isStepping: boolean;
    readonly isHurried: boolean;
    readonly isSkipping: boolean;
    readonly speed: number;
}

class PacedTime {
    readonly #config: PacerConfig;
    #wishes: Wishes = { isPaused: false, isStepping: false, isHurried: false, isSkipping: false, speed: 1 };
    #clockMs = 0;
    #untilMs = 0;
    /** Real time of waits that were too short to be made. */
    #owedMs = 0;
    #wait: { readonly begunAt: number; readonly rate: number } | null = null;
    #wake = new AbortController();

    constructor(config: PacerConfig) {
        this.#config = config;
    }

    state(): PacerState {
        const { isPaused, speed } = this.#wishes;
        const rate = this.#wait?.rate ?? 0;
        return { isPaused, speed, clockMs: this.#clock(), untilMs: this.#untilMs, rate };
    }

    change(wishes: Partial<Wishes>): void {
        this.#wishes = { ...this.#wishes, ...wishes };
        this.#wake.abort();
        this.#wake = new AbortController();
        this.#config.changed();
    }

    async pass(virtualMs: number): Promise<void> {
        this.#untilMs = this.#clockMs + virtualMs;
        this.#wishes = { ...this.#wishes, isHurried: false };
        while (this.#clockMs < this.#untilMs && !this.#isOver()) {
            if (this.#wishes.isPaused) await this.#stand();
            else if (!(await this.#run())) break;
        }
        this.#clockMs = this.#untilMs;
    }

    /** Whether the stretch takes no more time. A wish for a step is met by that. */
    #isOver(): boolean {
        const { isStepping, isHurried, isSkipping } = this.#wishes;
        if (isStepping) this.#wishes = { ...this.#wishes, isStepping: false };
        return isStepping || isHurried || isSkipping;
    }

    async #stand(): Promise<void> {
        const { signal } = this.#wake;
        this.#config.changed();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    }

    /** Waits for the rest of the stretch, or until a wish changes; false when there is nothing to wait for. */
    async #run(): Promise<boolean> {
        const rate = (1000 * this.#wishes.speed) / this.#config.pace();
        const waitMs = (this.#untilMs - this.#clockMs) / rate + this.#owedMs;
        if (waitMs < MIN_WAIT_MS) {
            this.#owedMs = waitMs;
            return false;
        }
        this.#owedMs = 0;
        this.#wait = { begunAt: this.#config.now(), rate };
        this.#config.changed();
        await this.#config.sleep(waitMs, this.#wake.signal);
        this.#clockMs = this.#clock();
        this.#wait = null;
        return true;
    }

    #clock(): number {
        if (this.#wait === null) return this.#clockMs;
        const passedMs = (this.#config.now() - this.#wait.begunAt) * this.#wait.rate;
        return Math.min(this.#untilMs, this.#clockMs + passedMs);
    }
}
