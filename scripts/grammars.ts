/**
 * Highlighting grammars and editing rules, made from the language's words. Deterministic: the same tables give the same bytes.
 */
import { commandsGrammar } from './grammars/commands.ts';
import { markdownInjection, propertiesInjection } from './grammars/injections.ts';
import {
    commandsConfiguration,
    measuresConfiguration,
    modelConfiguration,
    rulesConfiguration,
} from './grammars/language-configurations.ts';
import { measuresGrammar } from './grammars/measures.ts';
import { graphGrammar, instancesGrammar } from './grammars/model.ts';
import { rulesGrammar } from './grammars/rules.ts';

/** Text of each generated file, by its name in `syntaxes/`. */
export function generatedSyntaxes(): ReadonlyMap<string, string> {
    return new Map(
        Object.entries({
            'roboconf-graph.tmLanguage.json': graphGrammar(),
            'roboconf-instances.tmLanguage.json': instancesGrammar(),
            'roboconf-commands.tmLanguage.json': commandsGrammar(),
            'roboconf-rules.tmLanguage.json': rulesGrammar(),
            'roboconf-measures.tmLanguage.json': measuresGrammar(),
            'markdown-injection.tmLanguage.json': markdownInjection(),
            'properties-injection.tmLanguage.json': propertiesInjection(),
            'roboconf-graph.language-configuration.json': modelConfiguration(),
            'roboconf-instances.language-configuration.json': modelConfiguration(),
            'roboconf-commands.language-configuration.json': commandsConfiguration(),
            'roboconf-rules.language-configuration.json': rulesConfiguration(),
            'roboconf-measures.language-configuration.json': measuresConfiguration(),
        }).map(([name, content]) => [name, `${JSON.stringify(content, null, 2)}\n`]),
    );
}
