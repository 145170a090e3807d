/** Which part of the text a property of a syntax node was made from. */
import { isCompositeCstNode, type AstNode, type CompositeCstNode, type CstNode } from 'langium';

/** The first part of the text that a property was made from; undefined when the text has none. */
export function syntaxOf(node: AstNode, property: string): CstNode | undefined {
    const { $cstNode: root } = node;
    return root === undefined || !isCompositeCstNode(root) ? undefined : firstIn(root, property, node);
}

/** Langium's own search makes a list of every node it passes: too dear for what is asked of each word of a file. */
function firstIn(parent: CompositeCstNode, property: string, owner: AstNode): CstNode | undefined {
    for (const child of parent.content) {
        if (featureOf(child) === property) return child;
        const inside =
            isCompositeCstNode(child) && child.astNode === owner ? firstIn(child, property, owner) : undefined;
        if (inside !== undefined) return inside;
    }
    return undefined;
}

/** The property that a part of the text is assigned to; undefined for keywords that only separate. */
function featureOf({ grammarSource }: CstNode): string | undefined {
    for (let element: AstNode | undefined = grammarSource; element !== undefined; element = element.$container)
        if (element.$type === 'Assignment') return 'feature' in element ? String(element.feature) : undefined;
    return undefined;
}
