/** Values as pictures show them: what is kept from others' eyes by its name is not shown. */

/** What stands in place of a value that is not shown. */
const HIDDEN = '•••';

const SECRET_NAME =
    /(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|(?:api|access|private|secret)[._-]?key)$/i;

/** The value of an exported variable, or dots when its name says that it is a secret: a picture is shown around. */
export function shownValue(name: string, value: string): string {
    return value !== '' && SECRET_NAME.test(name) ? HIDDEN : value;
}
