/** The values of a `.measures` file (reference: language, section 7). */
import { baseNameOf } from '../application/paths.ts';
import { parseProperties, type PropertiesFile } from '../application/properties.ts';

/** One `.measures.properties` file. */
export interface MeasureValues extends PropertiesFile {
    /** Relative to the application. */
    readonly file: string;
    /** The name of the file without its extensions. */
    readonly component: string;
}

/** Reads any text. */
export function parseMeasureValues(text: string, file: string): MeasureValues {
    const component = baseNameOf(file).replace(/\.measures\.properties$/, '');
    return { ...parseProperties(text, file), file, component };
}
