import { expect, test } from 'vitest';

import { fileMentionsIn, instanceOfLine } from '../../client/deployments/recipe-links.ts';
import { placesIn, scriptPlaceOf } from '../../client/deployments/script-places.ts';

test.each([
    [['scripts/start.sh: line 12: nginx: not found'], { file: 'start.sh', line: 12 }],
    [['start.sh: 7: foo: not found'], { file: 'start.sh', line: 7 }],
    [['Traceback:', '  File "/x/scripts/start.py", line 3, in <module>'], { file: 'start.py', line: 3 }],
    [['a.sh: line 1: x', 'b.sh: line 2: y', 'done'], { file: 'b.sh', line: 2 }],
    [['./start.sh: 12: Syntax error: "(" unexpected'], { file: 'start.sh', line: 12 }],
    [['/bin/sh: /tmp/x/scripts/start.sh: line 4: syntax error'], { file: 'start.sh', line: 4 }],
    [
        ['Error: Evaluation Error (file: /etc/puppet/init.pp, line: 9, column: 3) on node vm'],
        { file: 'init.pp', line: 9 },
    ],
    [['Error: Could not parse: Syntax error at /x/manifests/init.pp:12:3'], { file: 'init.pp', line: 12 }],
    [["The error appears to be in '/x/play.yml': line 3, column 7"], { file: 'play.yml', line: 3 }],
    [['Died at /x/scripts/stop.pl line 8.'], { file: 'stop.pl', line: 8 }],
    [["deploy.rb:31:in `block in <main>': boom (RuntimeError)"], { file: 'deploy.rb', line: 31 }],
    [['    at Object.<anonymous> (/x/scripts/start.js:7:9)'], { file: 'start.js', line: 7 }],
    [['connecting to db.example.com:3306', 'refused by 10.0.0.1:80'], undefined],
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

test('places that overlap are named once, and a long line is looked at in a moment', () => {
    expect(placesIn('scripts/start.sh: line 12: x')).toHaveLength(1);
    const started = performance.now();
    expect(placesIn(`${'a/'.repeat(200_000)}start.sh: line 3: x`)).toEqual([]);
    expect(placesIn(`${'a.'.repeat(200_000)}`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(500);
});
