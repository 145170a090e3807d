/**
 * The Langium services of the two grammars, without the parts that resolve, index or watch: names are resolved per application (model/),
 * tokens are decided by the block scanner (parsing/).
 */
import {
    CstNodeBuilder,
    createDefaultCoreModule,
    createDefaultSharedCoreModule,
    DefaultLinker,
    DefaultValueConverter,
    EmptyFileSystem,
    inject,
    type AstNode,
    type CstNode,
    type LangiumCoreServices,
    type LangiumParser,
    type LangiumSharedCoreServices,
    type Lexer,
    type LexerResult,
    type Module,
    type Reference,
} from 'langium';
import { GraphGeneratedModule, InstancesGeneratedModule, RoboconfGeneratedSharedModule } from './generated/module.ts';

type Token = LexerResult['tokens'][number];

/** Hands the parser tokens that were decided beforehand: the text alone does not tell them. */
export class BlockLexer implements Lexer {
    readonly definition: Lexer['definition'];
    #tokens: Token[] = [];

    constructor(services: LangiumCoreServices) {
        const types = services.parser.TokenBuilder.buildTokens(services.Grammar);
        if (!Array.isArray(types)) throw new Error('The grammars have a single lexer mode');
        this.definition = Object.fromEntries(types.map((type) => [type.name, type]));
    }

    /** Sets what the next call of `tokenize` answers. */
    feed(tokens: Token[]): void {
        this.#tokens = tokens;
    }

    tokenize(): LexerResult {
        return { tokens: this.#tokens, hidden: [], errors: [] };
    }
}

/** References keep their text and place; nothing is looked up through them. */
class TextLinker extends DefaultLinker {
    override buildReference(
        _node: AstNode,
        _property: string,
        refNode: CstNode | undefined,
        refText: string,
    ): Reference {
        return { ref: undefined, $refText: refText, ...(refNode === undefined ? {} : { $refNode: refNode }) };
    }
}

/** Carriage returns are no part of a value, nor are the quotes of quoted ones (reference: language, sections 2.1 and 2.8). */
class TextConverter extends DefaultValueConverter {
    override convert(input: string, cstNode: CstNode): string {
        const text = input.includes('\r') ? input.replaceAll('\r', '') : input;
        const isQuoted = 'tokenType' in cstNode && isNamed(cstNode.tokenType) && cstNode.tokenType.name === 'QUOTED';
        return isQuoted ? text.slice(1, Math.max(1, text.length - 1)) : text;
    }
}

function isNamed(value: unknown): value is { readonly name: string } {
    return typeof value === 'object' && value !== null && 'name' in value;
}

/** The parsers of blocks. */
export interface Grammars {
    readonly graph: GrammarServices;
    readonly instances: GrammarServices;
}

export interface GrammarServices {
    readonly lexer: BlockLexer;
    readonly parser: LangiumParser;
}

/** Builds both parsers (some tens of milliseconds: do it once). */
export function createGrammars(): Grammars {
    const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), RoboconfGeneratedSharedModule);
    return {
        graph: grammarServices(shared, GraphGeneratedModule),
        instances: grammarServices(shared, InstancesGeneratedModule),
    };
}

function grammarServices(shared: LangiumSharedCoreServices, generated: typeof GraphGeneratedModule): GrammarServices {
    const overrides: Module<LangiumCoreServices, object> = {
        parser: {
            Lexer: (services: LangiumCoreServices) => new BlockLexer(services),
            ValueConverter: () => new TextConverter(),
        },
        references: { Linker: (services: LangiumCoreServices) => new TextLinker(services) },
    };
    const services: LangiumCoreServices = inject(createDefaultCoreModule({ shared }), generated, overrides);
    const lexer = services.parser.Lexer;
    if (!(lexer instanceof BlockLexer)) throw new Error('The lexer of blocks is not installed');
    shared.ServiceRegistry.register(services);
    const parser = services.parser.LangiumParser;
    skipHiddenNodes(parser);
    return { lexer, parser };
}

/**
 * Without this, the parser looks up each first token of a rule among its siblings, to attach the comments before it: quadratic in the number of items,
 * and blocks have no hidden tokens.
 */
function skipHiddenNodes(parser: LangiumParser): void {
    const builder: unknown = Reflect.get(parser, 'nodeBuilder');
    if (!(builder instanceof CstNodeBuilder)) throw new Error('The parser keeps its syntax nodes elsewhere');
    builder.addHiddenNodes = () => undefined;
}
