/** From texts to instructions: what each form says, and where. */
import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../../language/commands/commands-file.ts';
import type { Instruction } from '../../../language/commands/instruction.ts';

/** The kind and the parts of an instruction, as `kind part=text …`. */
function said(instruction: Instruction): string {
    const parts = Object.entries(instruction).flatMap(([key, part]): readonly string[] => {
        if (key === 'action' || key === 'expected') return [`${key}=${JSON.stringify(part).slice(1, -1)}`];
        const isWord = typeof part === 'object' && part !== null && 'text' in part;
        return isWord ? [`${key}=${JSON.stringify(part.text)}`] : [];
    });
    return [instruction.kind, ...parts].join(' ');
}

function read(text: string): readonly string[] {
    return parseCommands(text, 'commands/c.commands').instructions.map(said);
}

const ROWS: readonly (readonly [string, string])[] = [
    ['create A as b', 'create component="A" name="b"'],
    ['CREATE  A  AS  b c  UNDER  /d/e f ', 'create component="A" name="b c" under="/d/e f"'],
    ['create A as b as c', 'create component="A as b" name="c"'],
    ['create Was b', 'create component="W" name="b"'],
    ['create A as under /b', 'create component="A" name="under /b"'],
    ['create A as b under under /c', 'create component="A" name="b under" under="/c"'],
    ['create as', 'create component="" name=""'],
    ['createA as b', 'malformed expected=create argument="A"'],
    ['create A asb', 'malformed expected=create argument="A"'],
    ['replicate /a/b as c', 'replicate path="/a/b" name="c"'],
    ['replicate a as c', 'malformed expected=replicate argument="a"'],
    ['rename /a as b as c', 'rename path="/a as b" name="c"'],
    ['rename /as', 'rename path="/" name=""'],
    ['rename as b', 'malformed expected=rename argument="as"'],
    ['associate /a with x y', 'associate path="/a" target="x y"'],
    ['associate /awith x', 'malformed expected=associate argument="/awith"'],
    ['associate /a with', 'associate path="/a" target=""'],
    ['change status of /a to b to Deployed and Started', 'changeStatus path="/a to b" status="Deployed and Started"'],
    ['change  status  of  /a  to', 'changeStatus path="/a" status=""'],
    ['change /a to x', 'malformed expected=changeStatus argument="/a"'],
    ['change status of a to x', 'malformed expected=changeStatus argument="a"'],
    ['delete /a', 'bulkOnPath action=delete path="/a"'],
    ['delete all /a', 'bulkOnPath action=delete path="/a"'],
    ['deploy and start all /a/b', 'bulkOnPath action=deployAndStart path="/a/b"'],
    ['Stop All/a', 'bulkOnPath action=stop path="/a"'],
    ['undeploy all /', 'bulkOnPath action=undeploy path="/"'],
    ['stop all  instances  of  A b', 'bulkOnComponent action=stop component="A b"'],
    ['delete instances of A', 'bulkOnComponent action=delete component="A"'],
    ['stop all instances ofA', 'bulkOnComponent action=stop component="A"'],
    ['stop /a', 'unrecognized head="stop"'],
    ['stop  all /a', 'unrecognized head="stop  all"'],
    ['stop all instances of', 'unrecognized head="stop all"'],
    ['hello', 'unrecognized head="hello"'],
    ['email a@b.c, d@e.f with x with y', 'email recipients="a@b.c, d@e.f with x" message="y"'],
    ['email with x', 'email recipients="" message="x"'],
    ['email a with y with', 'email recipients="a" message="y with"'],
    ['email a without y', 'malformed expected=email argument="a"'],
    ['define a b = c = d', 'define name="a b" value="c = d"'],
    ['define a = b under /c', 'define name="a" value="b" under="/c"'],
    ['define =', 'define name="" value=""'],
    ['define a', 'malformed expected=define argument="a"'],
    ['write a into b into c', 'write content="a into b" target="c"'],
    ['write into c', 'write content="" target="c"'],
    ['append a b into', 'append content="a b" target=""'],
    ['append a onto b', 'malformed expected=append argument="a"'],
    ['execute x.commands', 'execute command="x.commands"'],
    ['execute', 'malformed expected=execute argument=""'],
    ['execute # c', 'execute command=""'],
];

describe('instructions', () => {
    test.each(ROWS)('%s', (text, expected) => {
        expect(read(text)).toEqual([expected]);
    });
});

test('variables are replaced before an instruction is read, and redefined in their turn', () => {
    const text =
        'define v = create A as\n$(v) b\ndefine v = $(v) x\nwrite $(v) into $( v)$(V)\ndefine w = \nexecute $(w)';
    expect(read(text)).toEqual([
        'define name="v" value="create A as"',
        'create component="A" name="b"',
        'define name="v" value="create A as x"',
        'write content="create A as x" target="$( v)$(V)"',
        'define name="w" value=""',
        'execute command=""',
    ]);
});

test('a refused definition leaves its variable undefined', () => {
    expect(read('define a = $(b)\nwrite $(a) into x')[1]).toBe('write content="$(a)" target="x"');
});

/** `line:column-line:column` of every part, in the order of the text. */
function places(text: string): readonly string[] {
    return parseCommands(text, 'commands/c.commands').instructions.flatMap((instruction) =>
        Object.values(instruction).flatMap((part: unknown): readonly string[] => {
            if (typeof part !== 'object' || part === null || !('text' in part) || !('range' in part)) return [];
            // Parts of an instruction that have a text and a range are words.
            const { text: word, range } = part as { text: string; range: Instruction['range'] };
            return [`${word} ${range.line}:${range.column}-${range.endLine}:${range.endColumn}`];
        }),
    );
}

test.each([
    ['  create  A as  b # c', ['A 1:11-1:12', 'b 1:17-1:18']],
    ['\uFEFFexecute x', ['x 1:9-1:10']],
    ['create A \\\n\t as b\\\r\n\r\n  c \\', ['A 1:8-1:9', 'bc \\ 2:6-4:6']],
    ['define v = long value\nexecute a $(v) b', ['v 1:8-1:9', 'long value 1:12-1:22', 'a long value b 2:9-2:17']],
    ['define v =\nexecute $(v)', ['v 1:8-1:9', ' 1:11-1:11', ' 2:9-2:13']],
    ['define v = x\nexecute $(v)$(v)', ['v 1:8-1:9', 'x 1:12-1:13', 'xx 2:9-2:17']],
    ['write a\\\n  $(\\\n  b) into c', ['a$(b) 1:7-3:5', 'c 3:11-3:12']],
])('words stand where the file has them: %j', (text, expected) => {
    expect(places(text)).toEqual(expected);
});

test.each([
    ['a \\\n b\nc', [1, 3]],
    ['a \\\r\n b\r\nc', [1, 3]],
    ['a\rb\r\nc', [1, 2, 3]],
    ['# x \\\n\n\n a\nb', [5]],
    ['a # x \\\n b\nc', [1, 3]],
    ['a \\ \nb', [1, 2]],
    ['a !@! b\nc', [1, 2]],
    ['\\\n\\\n  a\n\\', [1, 4]],
    ['\n\n', []],
])('lines are counted as they stand: %j', (text, expected) => {
    expect(parseCommands(text, 'commands/c.commands').instructions.map(({ line }) => line)).toEqual(expected);
});

test('a file is called by its bare name', () => {
    expect(parseCommands('', 'commands/sub/go.commands').name).toBe('go');
});
