/** The syntax of .graph and .instances files, from the pieces the scanner finds: broken texts have as much of it as can be understood. */
import { scanBlocks } from '../parsing/block-scanner.ts';
import type { FileSyntax, Fold, OutlineItem } from './file-syntax.ts';
import { blockPartOf } from './model-blocks.ts';
import { blockFolds, commentFolds, importFolds, regionFolds } from './model-folds.ts';
import { blockItem, importItem } from './model-outline.ts';
import { blockWords, commentWords, importWords, tokensOf, type Word } from './model-tokens.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** Any text has some syntax. A byte order mark is not counted. Takes time linear in the text. */
export function modelSyntax(text: string): FileSyntax {
    const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    const { lines, blocks } = scanBlocks(body);
    const outline: (OutlineItem | undefined)[] = [];
    const words: Word[] = [...commentWords(lines)];
    const folds: Fold[] = [...commentFolds(body, lines), ...regionFolds(body, lines), ...importFolds(blocks)];
    for (const block of blocks) {
        const part = blockPartOf(block);
        if (part === undefined) {
            outline.push(importItem(body, block));
            for (const word of importWords(block.pieces)) words.push(word);
            continue;
        }
        outline.push(blockItem(body, part));
        for (const word of blockWords(body, part)) words.push(word);
        for (const fold of blockFolds(part)) folds.push(fold);
    }
    return {
        outline: outline.filter((item) => item !== undefined),
        tokens: tokensOf(body, words),
        folds: folds.toSorted((one, other) => one.first - other.first || other.last - one.last),
    };
}
