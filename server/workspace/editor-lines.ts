/**
 * Lines as editors count them. To an editor a carriage return by itself ends a line, to the model files of the language it is a blank
 * (reference: language, section 2.1): read like that, places behind it would be others than those on the screen.
 */
const LONE_RETURN = /\r(?!\n)/;

/** The text with a line feed for each carriage return that stands alone: every offset stays what it is. */
export function withEditorLines(text: string): string {
    return LONE_RETURN.test(text) ? text.replaceAll(new RegExp(LONE_RETURN, 'g'), '\n') : text;
}
