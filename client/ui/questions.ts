/** Questions of a command, asked one after the other in the editor's own input box; each can go back to the one before. */
import * as vscode from 'vscode';
import { CANCELLED, done, type Outcome } from './outcome.ts';

export type Answer<Value> =
    { readonly kind: 'given'; readonly value: Value } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

/** Where a question stands among those of its command; `step` counts from 1. */
export interface QuestionPlace {
    readonly title: string;
    readonly step: number;
    readonly totalSteps: number;
}

/** Asks one thing, knowing what was answered so far, and gives that with the answer added. */
export type Question<Answers> = (
    answers: Answers,
    place: QuestionPlace,
    signal: AbortSignal,
) => Promise<Answer<Answers>>;

/** Asks everything in order. Done = all answers; cancelled when a question was dismissed or the signal was aborted. */
export async function askAll<Answers>(
    title: string,
    questions: readonly Question<Answers>[],
    initial: Answers,
    signal: AbortSignal,
): Promise<Outcome<Answers>> {
    let answers = initial;
    let index = 0;
    for (let question = questions[0]; question !== undefined; question = questions[index]) {
        const answer = await question(answers, { title, step: index + 1, totalSteps: questions.length }, signal);
        if (answer.kind === 'cancelled' || signal.aborted) return CANCELLED;
        if (answer.kind === 'given') answers = answer.value;
        index = Math.max(0, index + (answer.kind === 'back' ? -1 : 1));
    }
    return done(answers);
}

export interface TextQuestion {
    readonly prompt: string;
    readonly value: string;
    readonly placeholder: string;
    /** What is wrong with a text, shown while it is typed; undefined = it can be accepted. */
    readonly fault: (text: string) => Promise<string | undefined>;
}

/** Asks for a text. It is given trimmed. */
export async function askText(
    place: QuestionPlace,
    question: TextQuestion,
    signal: AbortSignal,
): Promise<Answer<string>> {
    const box = prepared(vscode.window.createInputBox(), place);
    box.prompt = question.prompt;
    box.value = question.value;
    box.placeholder = question.placeholder;
    const check = async (): Promise<boolean> => {
        const text = box.value;
        const fault = await question.fault(text.trim());
        // A slower answer about what was typed before says nothing about what is there by then.
        if (text === box.value) box.validationMessage = fault;
        return fault === undefined && text === box.value;
    };
    box.onDidChangeValue(() => void check());
    return shown(box, async () => ((await check()) ? box.value.trim() : undefined), signal);
}

/** Asks for one of several things. */
export async function askChoice<Item extends vscode.QuickPickItem>(
    place: QuestionPlace,
    question: { readonly placeholder: string; readonly items: readonly Item[] },
    signal: AbortSignal,
): Promise<Answer<Item>> {
    const pick = prepared(vscode.window.createQuickPick<Item>(), place);
    pick.placeholder = question.placeholder;
    pick.items = question.items;
    return shown(pick, () => Promise.resolve(pick.selectedItems[0]), signal);
}

/** Asks for some of several things; at least one. Those with `picked` are checked at first. */
export async function askSeveral<Item extends vscode.QuickPickItem>(
    place: QuestionPlace,
    question: { readonly placeholder: string; readonly items: readonly Item[] },
    signal: AbortSignal,
): Promise<Answer<readonly Item[]>> {
    const pick = prepared(vscode.window.createQuickPick<Item>(), place);
    pick.placeholder = question.placeholder;
    pick.items = question.items;
    pick.canSelectMany = true;
    pick.matchOnDescription = true;
    pick.selectedItems = question.items.filter(({ picked }) => picked === true);
    return shown(pick, () => Promise.resolve(pick.selectedItems.length > 0 ? pick.selectedItems : undefined), signal);
}

function prepared<Input extends vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>>(
    input: Input,
    { title, step, totalSteps }: QuestionPlace,
): Input {
    input.title = title;
    input.step = step;
    input.totalSteps = totalSteps;
    input.ignoreFocusOut = true;
    input.buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
    return input;
}

/** `accepted` gives the answer when Enter is pressed, or undefined as long as there is none to give. */
async function shown<Value>(
    input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
    accepted: () => Promise<Value | undefined>,
    signal: AbortSignal,
): Promise<Answer<Value>> {
    const end = Promise.withResolvers<Answer<Value>>();
    const cancel = (): void => end.resolve({ kind: 'cancelled' });
    input.onDidAccept(() => {
        accepted().then((value) => {
            if (value !== undefined) end.resolve({ kind: 'given', value });
        }, end.reject);
    });
    input.onDidTriggerButton(() => end.resolve({ kind: 'back' }));
    input.onDidHide(cancel);
    signal.addEventListener('abort', cancel, { once: true });
    input.show();
    try {
        return await end.promise;
    } finally {
        signal.removeEventListener('abort', cancel);
        input.dispose();
    }
}
