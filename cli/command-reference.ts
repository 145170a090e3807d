/** The table of verbs as Markdown, for the documentation. */
import { optionText, usageOf, verbsByGroup, type VerbTable } from './help.ts';
import type { Verb } from './verb.ts';

/** A section a group, a paragraph a verb with its options and examples. Options that all verbs have are not repeated. */
export function commandReference(verbs: VerbTable): string {
    const sections = verbsByGroup(verbs).flatMap(({ title, members }) => [
        `### ${title}`,
        ...members.map(([name, verb]) => verbText(name, verb)),
    ]);
    return `${sections.join('\n\n')}\n`;
}

function verbText(name: string, verb: Verb): string {
    const options = Object.entries(verb.options).map(
        ([option, spec]) => `- \`${optionText(option, spec)}\`: ${spec.help}`,
    );
    const examples = verb.examples.map(([command, meaning]) => `# ${meaning}\n${command}`);
    return [
        `#### ${name}`,
        `\`${usageOf(name, verb)}\` ${verb.summary}.`,
        ...(options.length === 0 ? [] : [options.join('\n')]),
        ...(examples.length === 0 ? [] : [`\`\`\`sh\n${examples.join('\n')}\n\`\`\``]),
    ].join('\n\n');
}
