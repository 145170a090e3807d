/** Applications of any size for the benches. */

/** Files by absolute path, below `/app`. A fifth of the elements are components, in 20 files; the rest are instances under machines, each importing what another component exports. `machines` says how many machines there are. */
export function largeApplication(elements: number, machines = 100): Map<string, string> {
    const components = Math.floor(elements / 5);
    const parts = Array.from({ length: 20 }, (_, i) => i);
    const names = Array.from({ length: components }, (_, i) => `C${i}`);
    const files = new Map<string, string>();
    files.set(
        '/app/descriptor/application.properties',
        'name=big\nversion=1.0\ndsl-id=roboconf-1.0\ngraph-entry-point=main.graph\ninstance-entry-point=all.instances\n',
    );
    const imports = parts.map((part) => `import part-${part}.graph;`).join('\n');
    files.set('/app/graph/main.graph', `${imports}\nVm {\n\tinstaller: target;\n\tchildren: ${names.join(', ')};\n}\n`);
    for (const part of parts) {
        const own = names.filter((_, i) => i % parts.length === part);
        const blocks = own.map(
            (name, i) =>
                `${name} {\n\tinstaller: script;\n\texports: ip, port = ${1000 + i};\n\timports: C${(i + 1) % components}.ip (optional);\n}\n`,
        );
        files.set(`/app/graph/part-${part}.graph`, blocks.join('\n'));
    }
    for (const [path, text] of instanceFiles(elements - components, components, machines)) files.set(path, text);
    return files;
}

/** Instances of all components in turn, under machines that are spread over as many files, at most 20. */
function instanceFiles(instances: number, components: number, machines: number): Map<string, string> {
    const blocks = Array.from({ length: machines }, () => [] as string[]);
    for (let i = 0; i < instances; i++)
        blocks[i % machines]?.push(`\tinstance of C${i % components} {\n\t\tname: i${i};\n\t\tport: ${i};\n\t}\n`);
    const parts = Array.from({ length: Math.min(machines, 20) }, (_, part) => part);
    const texts = parts.map((part) =>
        blocks
            .flatMap((inside, i) =>
                i % parts.length === part ? [`instance of Vm {\n\tname: vm${i};\n${inside.join('')}}\n`] : [],
            )
            .join('\n'),
    );
    return new Map([
        ['/app/instances/all.instances', parts.map((part) => `import part-${part}.instances;\n`).join('')],
        ...texts.map((text, part) => [`/app/instances/part-${part}.instances`, text] as const),
    ]);
}
