/** `roboconf graph`: the picture of a model without an editor, as SVG, Mermaid, DOT or JSON. */
import { join } from 'node:path';
import { graphViewOf, type Application, type GraphView, type Perspective } from '../language/index.ts';
import { EMPTY_OVERLAY, ENGLISH, pictureOf, toSvgText } from '../media/picture.ts';
import { createLayout } from '../server/layout.ts';
import { errorsOf, findingLine, locate } from './application.ts';
import type { Output } from './output.ts';
import { dotOf, mermaidOf } from './graph-text.ts';
import { usageFault, type ExitCode, type Verb } from './verb.ts';

export const graph: Verb = {
    group: 'writing',
    summary: 'draws the components or the instances: SVG, Mermaid, DOT or JSON',
    operands: '[DIR|FILE]',
    operandKinds: ['model', 'none'],
    examples: [
        ['roboconf graph my-app >graph.svg', 'the components'],
        ['roboconf graph my-app --instances --format mermaid', 'the instances, for a document'],
    ],
    options: {
        format: {
            type: 'string',
            value: 'FORMAT',
            choices: ['svg', 'mermaid', 'dot', 'json'],
            help: 'svg (default), mermaid, dot or json',
        },
        instances: { type: 'boolean', help: 'draws the instances instead of the components' },
    },
    run: async (args, output, signal) => {
        const located = locate(args.positionals[0] ?? '.');
        if (located.kind === 'absent') return usageFault(output, 'graph', located.message);
        const { application } = located;
        const perspective: Perspective = args.flag('instances') ? 'instances' : 'components';
        output.line(await drawn(graphViewOf(application.model, perspective), args.text('format') ?? 'svg', signal));
        return noteErrors(application, output);
    },
};

async function drawn(view: GraphView, format: string, signal: AbortSignal): Promise<string> {
    if (format === 'mermaid') return mermaidOf(view);
    if (format === 'dot') return dotOf(view);
    const layout = createLayout({ workerPath: join(import.meta.dirname, 'layout-worker.cjs') });
    try {
        const laidOut = await layout.layout(view, 'landscape', signal);
        return format === 'json'
            ? JSON.stringify(laidOut, null, 2)
            : toSvgText(pictureOf(laidOut, EMPTY_OVERLAY, ENGLISH)).trimEnd();
    } finally {
        await layout.dispose();
    }
}

/** A model with errors is drawn as far as it is known; the errors are said beside it. */
function noteErrors(application: Application, output: Output): ExitCode {
    const errors = errorsOf(application.findings);
    for (const finding of errors) output.fault(findingLine(application.directory, finding, output.paintNote));
    return errors.length === 0 ? 0 : 1;
}
