/** From a step of a run to the file it ran, at the line its output names. */
import * as vscode from 'vscode';
import type { ComponentModel } from '../../language/index.ts';
import { isMachineWork, type Phase } from '../../runner/protocol.ts';
import type { RecordedStep, RunRecord } from '../../runner/runs.ts';
import { scriptPlaceOf } from '../deployments/script-places.ts';
import { componentNamed, recipeFileNamed, recipeOfPhase } from '../deployments/find-recipe.ts';
import type { Language } from '../language/language-client.ts';
import { openLine } from '../commands/open.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';

/** Opens the file as it is in the workspace. `directory` is the application's. */
export async function openStepRecipe(
    { language }: { readonly language: Pick<Language, 'model'> },
    directory: string,
    record: RunRecord,
    step: RecordedStep,
): Promise<Outcome<unknown>> {
    const { phase, path, lastLines } = step;
    if (isMachineWork(phase)) return failed({ kind: 'nothingToDo', deed: 'open' });
    const application = vscode.Uri.file(directory);
    const answer = await language.model(application, new AbortController().signal);
    if (answer.kind !== 'done') return answer;
    const name = record.instances.find((instance) => instance.path === path)?.component ?? '';
    const component = answer.value.kind === 'model' ? componentNamed(answer.value.model, name) : undefined;
    if (component === undefined) return failed({ kind: 'notInModel', path });
    const { file, line } = await recipeOf(application, component, { phase, lastLines });
    if (file === undefined) return failed({ kind: 'noRecipe', component: component.name, phase });
    await openLine(file, line);
    return DONE;
}

/** The file that output names, at its line; else what runs the phase. */
async function recipeOf(
    application: vscode.Uri,
    component: ComponentModel,
    { phase, lastLines }: { readonly phase: Phase; readonly lastLines: readonly string[] },
): Promise<{ readonly file: vscode.Uri | undefined; readonly line: number | undefined }> {
    const place = scriptPlaceOf(lastLines);
    const named = place === undefined ? undefined : await recipeFileNamed(application, component, place.file);
    if (named !== undefined) return { file: named, line: place?.line };
    return { file: await recipeOfPhase(application, component, phase), line: undefined };
}
