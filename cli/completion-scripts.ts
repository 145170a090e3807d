/**
 * The completion scripts. Verbs, options and fixed values are written into them, so that the shell answers at once; instances,
 * deployments and runs are asked of `roboconf complete`.
 */
import type { VerbTable } from './help.ts';
import type { Shell } from './shells.ts';
import { optionsOf, type Verb } from './verb.ts';

/** The script as a shell reads it, with the verbs of the table in it; what depends on the moment it asks `roboconf` for. */
export function scriptFor(shell: Shell, verbs: VerbTable): string {
    switch (shell) {
        case 'bash':
            return bashScript(verbs);
        case 'zsh':
            return ZSH;
        case 'fish':
            return fishScript(verbs);
        default:
            throw new Error(`unexpected shell ${JSON.stringify(shell satisfies never)}`);
    }
}

/** Words of an array or list: none of ours needs quotes. */
function optionWords(verb: Verb): string {
    return Object.keys(optionsOf(verb))
        .map((name) => `--${name}`)
        .join(' ');
}

function choiceCases(verbs: VerbTable): readonly string[] {
    return [...verbs].flatMap(([name, verb]) =>
        Object.entries(optionsOf(verb)).flatMap(([option, { choices }]) =>
            choices === undefined ? [] : [`        '${name} --${option}') answer='${choices.join(' ')}' ;;`],
        ),
    );
}

function bashScript(verbs: VerbTable): string {
    const options = [...verbs].map(([name, verb]) => `        ${name}) answer='${optionWords(verb)}' ;;`);
    return `${BASH_WORDS}_roboconf() {
    local words answer='' last before verb
    _roboconf_words
    last=\${words[\${#words[@]} - 1]}
    before=\${words[\${#words[@]} - 2]}
    verb=\${words[1]}
    COMPREPLY=()
    if [[ \${#words[@]} -eq 2 && $last != -* ]]; then
        answer='${[...verbs.keys(), 'help'].join(' ')}'
        _roboconf_offer "$answer" "$last"
        return
    fi
    case "$verb $before" in
${choiceCases(verbs).join('\n')}
    esac
    if [[ -n $answer ]]; then
        _roboconf_offer "$answer" "$last"
        return
    fi
    if [[ $last == -* && $last != *=* && " \${words[*]} " != *' -- '* ]]; then
        case $verb in
${options.join('\n')}
        esac
        if [[ -n $answer ]]; then
            _roboconf_offer "$answer" "$last"
            return
        fi
    fi
    _roboconf_ask "\${words[@]:1}"
}

${BASH_ANSWERS}`;
}

const BASH_WORDS = `# Completion of roboconf for bash. Load it with: source <(roboconf completion bash)

# Words as they were typed: bash splits them at '=' and ':' and keeps their quotes.
_roboconf_words() {
    local line=\${COMP_LINE:0:COMP_POINT} word='' quote='' character index
    words=()
    for ((index = 0; index < \${#line}; index++)); do
        character=\${line:index:1}
        if [[ -n $quote ]]; then
            if [[ $character == "$quote" ]]; then quote=''; else word+=$character; fi
        elif [[ $character == '\\' ]]; then
            index=$((index + 1))
            word+=\${line:index:1}
        elif [[ $character == [\\"\\'] ]]; then
            quote=$character
        elif [[ $character == [[:space:]] ]]; then
            [[ -n $word ]] && words+=("$word")
            word=''
        else
            word+=$character
        fi
    done
    words+=("$word")
}

`;

const BASH_ANSWERS = `# Those of the words in $1 that begin with $2.
_roboconf_offer() {
    local word
    for word in $1; do
        [[ $word == "$2"* ]] && COMPREPLY+=("$word")
    done
}

# What only roboconf knows; it leaves files to bash.
_roboconf_ask() {
    local line current=\${COMP_WORDS[COMP_CWORD]} typed=$last
    [[ $current == = ]] && current=''
    while IFS= read -r line; do
        line=\${line%%$'\\t'*}
        case $line in
        :files) compopt -o filenames -o default 2>/dev/null ;;
        :directories) compopt -o filenames -o dirnames 2>/dev/null ;;
        *) COMPREPLY+=("\${line:\${#typed} - \${#current}}") ;;
        esac
    done < <("\${COMP_WORDS[0]/#\\~/$HOME}" complete "$@" 2>/dev/null)
}

complete -F _roboconf roboconf
`;

const ZSH = `#compdef roboconf
# Completion of roboconf for zsh. Put it as _roboconf into a directory of $fpath, or load it with: source <(roboconf completion zsh)

_roboconf() {
    local line word
    local -a described plain
    local wants=''
    while IFS= read -r line; do
        case $line in
        :files) wants=files ;;
        :directories) wants=directories ;;
        *)
            word=\${line%%$'\\t'*}
            if [[ $line == *$'\\t'* ]]; then
                described+=("\${word//:/\\\\:}:\${line#*$'\\t'}")
            else
                plain+=("$word")
            fi
            ;;
        esac
    done < <("\${(Q)words[1]}" complete "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
    (( \${#described} )) && _describe -V roboconf described
    (( \${#plain} )) && compadd -- "\${plain[@]}"
    case $wants in
    files) _files ;;
    directories) _files -/ ;;
    esac
}

if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then
    _roboconf "$@"
else
    compdef _roboconf roboconf
fi
`;

function fishScript(verbs: VerbTable): string {
    const words = [...verbs].map(
        ([name, { summary }]) => `complete -c roboconf -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    );
    const options = [...verbs].flatMap(([name, verb]) =>
        Object.entries(optionsOf(verb)).map(([option, { type, short, choices, completes, help }]) =>
            [
                `complete -c roboconf -n '__fish_seen_subcommand_from ${name}' -l ${option}`,
                short === undefined ? '' : ` -s ${short}`,
                type === 'boolean' ? '' : completes === 'file' ? ' -r -F' : ' -x',
                choices === undefined ? '' : ` -a ${quoted(choices.join(' '))}`,
                completes === 'deployment' ? " -a '(__roboconf_ask)'" : '',
                ` -d ${quoted(help)}`,
            ].join(''),
        ),
    );
    return `# Completion of roboconf for fish. Save it as ~/.config/fish/completions/roboconf.fish

# What only roboconf knows: instances, deployments, runs. Files are fish's own business.
function __roboconf_ask
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] complete $words[2..-1] 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':directories'
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end

function __roboconf_is_operand
    not string match -q -- '-*' (commandline -ct)
    and not __fish_use_subcommand
end

complete -c roboconf -f
${words.join('\n')}
complete -c roboconf -n __fish_use_subcommand -a help -d ${quoted("shows a verb's options")}
complete -c roboconf -n __roboconf_is_operand -a '(__roboconf_ask)'
${options.join('\n')}
`;
}

function quoted(text: string): string {
    return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
