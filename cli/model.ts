/** `roboconf model`: the resolved ApplicationModel as JSON. */
import { errorsOf, findingLine, locate } from './application.ts';
import { usageFault, type Verb } from './verb.ts';

export const model: Verb = {
    group: 'writing',
    summary: 'prints the resolved model as JSON',
    operands: '[DIR|FILE]',
    operandKinds: ['model', 'none'],
    examples: [['roboconf model my-app --compact | jq .instances', 'the instances alone']],
    options: { compact: { type: 'boolean', help: 'on one line' } },
    run: async (args, output) => {
        const located = await Promise.resolve(locate(args.positionals[0] ?? '.'));
        if (located.kind === 'absent') return usageFault(output, 'model', located.message);
        const { application } = located;
        output.line(JSON.stringify(application.model, null, args.flag('compact') ? 0 : 2));
        const errors = errorsOf(application.findings);
        for (const finding of errors) output.fault(findingLine(application.directory, finding, output.paintNote));
        return errors.length === 0 ? 0 : 1;
    },
};
