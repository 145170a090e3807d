/** What the page asks of the editor. */
import type { FromPage } from '../protocol.ts';
import type { Texts } from '../texts.ts';
import type { PageState } from './page-state.ts';

/** The editor's side of the page. */
export interface PageHost {
    readonly post: (message: FromPage) => void;
    readonly remember: (state: PageState) => void;
    /** In the editor's language. */
    readonly texts: Texts;
}
