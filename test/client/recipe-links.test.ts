import { expect, test } from 'vitest';
import { scriptPlaceOf } from '../../client/deployments/failure-details.ts';
import { fileMentionsIn, instanceOfLine } from '../../client/deployments/recipe-links.ts';

test.each([
    [['scripts/start.sh: line 12: nginx: not found'], { file: 'start.sh', line: 12 }],
    [['start.sh: 7: foo: not found'], { file: 'start.sh', line: 7 }],
    [['Traceback:', '  File "/x/scripts/start.py", line 3, in <module>'], { file: 'start.py', line: 3 }],
    [['a.sh: line 1: x', 'b.sh: line 2: y', 'done'], { file: 'b.sh', line: 2 }],
    [['curl: (7) Failed to connect to 127.0.0.1 port 80: Connection refused'], undefined],
    [[], undefined],
])('the place a script failed at is read from %j', (lines, place) => {
    expect(scriptPlaceOf(lines)).toEqual(place);
});

test('a line of a terminal tells its instance', () => {
    expect(instanceOfLine('/vm/web  start      │ scripts/start.sh: line 3: x')).toBe('/vm/web');
    expect(instanceOfLine('── Deploy')).toBeUndefined();
});

test('files and their lines are found in a line', () => {
    const text = 'x │ scripts/start.sh: line 12: nginx; see common.sh:4: and https://x.y/z';
    const mentions = fileMentionsIn(text).map(({ startIndex, length, name, line }) => ({
        text: text.slice(startIndex, startIndex + length),
        name,
        line,
    }));
    expect(mentions.slice(0, 2)).toEqual([
        { text: 'scripts/start.sh: line 12', name: 'start.sh', line: 12 },
        { text: 'common.sh:4', name: 'common.sh', line: 4 },
    ]);
});
