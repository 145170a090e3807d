import { expect, test } from 'vitest';
import { shownValue } from '../../language/index.ts';

test.each([
    ['Tomcat.ajpSecret', 'roboconf', '•••'],
    ['MariaDB.password', 'x', '•••'],
    ['db.API_KEY', 'x', '•••'],
    ['accessToken', 'x', '•••'],
    ['Tomcat.ajpPort', '8009', '8009'],
    ['Db.key', 'name', 'name'],
    ['Db.passenger', 'x', 'x'],
    ['Db.password', '', ''],
])('the value of %s, %j, is shown as %j', (name, value, shown) => {
    expect(shownValue(name, value)).toBe(shown);
});
