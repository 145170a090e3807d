/** What a target says, without the secrets it was given: whatever a library or a host put into a message ends here. */
import type { StepOutcome } from '../executor.ts';
import type { MachineNews, TargetAdapter, TargetFailure } from './target.ts';

type Redact = (text: string) => string;

/** The adapter whose failures, outcomes and outputs were gone over. */
export function withoutSecrets({ target, steps, dispose }: TargetAdapter, redact: Redact): TargetAdapter {
    const told = <T extends { readonly kind: string }>(answer: T | TargetFailure): T | TargetFailure =>
        isFailure(answer) ? { kind: 'failed', reason: redact(answer.reason) } : answer;
    return {
        target: {
            create: async (...words) => told(await target.create(...words)),
            configure: async (...words) => told(await target.configure(...words)),
            isRunning: target.isRunning,
            destroy: async (...words) => told(await target.destroy(...words)),
            ...(target.giveUp === undefined ? {} : { giveUp: target.giveUp }),
            list: async (...words) => told(await target.list(...words)),
        },
        steps: {
            ...steps,
            runStep: async (request, onOutput, signal) => {
                const say: typeof onOutput = (output) => onOutput({ ...output, text: redact(output.text) });
                return outcomeTold(await steps.runStep(request, say, signal), redact);
            },
            askStep: async (request, onOutput, signal) => {
                const say: typeof onOutput = (output) => onOutput({ ...output, text: redact(output.text) });
                return outcomeTold(await steps.askStep(request, say, signal), redact);
            },
        },
        dispose,
    };
}

/** News of a machine, gone over in the same way. */
export function newsWithoutSecrets(news: MachineNews, redact: Redact): MachineNews {
    return news.kind === 'lost' ? { ...news, reason: redact(news.reason) } : news;
}

function isFailure(answer: { readonly kind: string }): answer is TargetFailure {
    return answer.kind === 'failed';
}

function outcomeTold(outcome: StepOutcome, redact: Redact): StepOutcome {
    switch (outcome.kind) {
        case 'succeeded':
            return outcome;
        case 'failed':
            return { ...outcome, reason: redact(outcome.reason), lastLines: outcome.lastLines.map(redact) };
        case 'timedOut':
        case 'cancelled':
            return { ...outcome, lastLines: outcome.lastLines.map(redact) };
        case 'unknown':
            return { ...outcome, reason: redact(outcome.reason) };
        default:
            throw new Error(`unexpected outcome ${JSON.stringify(outcome satisfies never)}`);
    }
}
