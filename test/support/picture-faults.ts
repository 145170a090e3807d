/**
 * What a reader would complain about in a drawn picture, found in a page by what the browser has really painted: texts that cannot be read against
 * what lies under them, that lie over each other, or that leave the shape they belong to; nodes over nodes; lines through nodes.
 */

/** Runs inside the page, so that it uses nothing from outside itself. Each fault is a sentence. */
export function pictureFaults(_body: Element, leastContrast: number): string[] {
    type Colour = readonly [number, number, number, number];
    const tolerance = 1.5;
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('the page has no canvas to read colours with');

    const colourOf = (text: string, opacity: number): Colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = text;
        canvas.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, (alpha / 255) * opacity];
    };
    const over = (top: Colour, below: Colour): Colour => {
        const mix = (index: 0 | 1 | 2): number => top[index] * top[3] + below[index] * (1 - top[3]);
        return [mix(0), mix(1), mix(2), 1];
    };
    const luminance = ([red, green, blue]: Colour): number => {
        const linear = (value: number): number =>
            value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };
    const contrast = (one: Colour, other: Colour): number => {
        const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const opacityOf = (element: Element): number => {
        let opacity = 1;
        for (let at: Element | null = element; at !== null; at = at.parentElement)
            opacity *= Number(getComputedStyle(at).opacity);
        return opacity;
    };
    const surfaceOf = (element: Element): Colour => {
        const style = getComputedStyle(element);
        if (element instanceof SVGElement && !(element instanceof SVGSVGElement)) {
            const isFilled = style.fill !== 'none' && !(element instanceof SVGTextContentElement);
            return isFilled ? colourOf(style.fill, Number(style.fillOpacity) * opacityOf(element)) : [0, 0, 0, 0];
        }
        return colourOf(style.backgroundColor, opacityOf(element));
    };
    const isSeen = (element: Element): boolean =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const textOf = (element: Element): string => (element.textContent ?? '').trim();

    const page = document.createElement('style');
    page.textContent = '* { pointer-events: all !important; transition: none !important; }';
    // The policy of the page knows one nonce.
    page.nonce = document.querySelector('script')?.nonce ?? '';
    document.head.append(page);
    const backgroundOf = (element: Element, box: DOMRect): Colour => {
        const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const below = stack.slice(Math.max(0, stack.indexOf(element)));
        const surfaces: Colour[] = [];
        for (const part of below) {
            if (part !== element || !(element instanceof SVGElement)) surfaces.push(surfaceOf(part));
            if (surfaces.at(-1)?.[3] === 1) break;
        }
        return surfaces.reduceRight<Colour>((under, surface) => over(surface, under), [255, 255, 255, 1]);
    };

    // What lies under a text is asked at its middle, which must be in the window for an answer.
    const isInWindow = (box: DOMRect): boolean => {
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        return box.width > 0 && x > 0 && y > 0 && x < innerWidth && y < innerHeight;
    };
    const drawn = [...document.querySelectorAll('.stage text')].filter((text) => isSeen(text) && textOf(text) !== '');
    const written = [
        ...document.querySelectorAll(
            'button, .run, .clock, .speed, .simulation-title, .banner-text, summary, .legend li, .empty h1, .empty p, .card-of-node *',
        ),
    ].filter(
        (element) =>
            isSeen(element) && textOf(element) !== '' && !(element instanceof HTMLButtonElement && element.disabled),
    );
    const contrastFaults = [...drawn, ...written].flatMap((element) => {
        const box = element.getBoundingClientRect();
        if (!isInWindow(box)) return [];
        const style = getComputedStyle(element);
        const background = backgroundOf(element, box);
        const colour = element instanceof SVGElement ? style.fill : style.color;
        const found = contrast(over(colourOf(colour, opacityOf(element)), background), background);
        return found >= leastContrast
            ? []
            : [
                  `“${textOf(element).slice(0, 40)}” (${element.getAttribute('class') ?? element.tagName}) has a contrast of ${found.toFixed(2)}`,
              ];
    });

    const overlap = (one: DOMRect, other: DOMRect): boolean =>
        one.left < other.right - tolerance &&
        other.left < one.right - tolerance &&
        one.top < other.bottom - tolerance &&
        other.top < one.bottom - tolerance;
    const inside = (inner: DOMRect, outer: DOMRect): boolean =>
        inner.left >= outer.left - tolerance &&
        inner.right <= outer.right + tolerance &&
        inner.top >= outer.top - tolerance &&
        inner.bottom <= outer.bottom + tolerance;
    const boxes = drawn.map((text) => ({ text: textOf(text), element: text, box: text.getBoundingClientRect() }));
    const overlapFaults = boxes.flatMap((one, index) =>
        boxes
            .slice(index + 1)
            .filter((other) => overlap(one.box, other.box))
            .map((other) => `“${one.text}” lies over “${other.text}”`),
    );
    /** What a text belongs to, and the shape it has to stay in. */
    const owners = [
        ['.pill', '.plate'],
        ['.edge-label', '.halo'],
        ['.findings', '.mark'],
        ['.node', '.card, .box'],
    ] as const;
    const shapeOf = (text: Element): Element | null => {
        const owner = owners.find(([kind]) => text.closest(kind) !== null);
        if (owner !== undefined) return text.closest(owner[0])?.querySelector(owner[1]) ?? null;
        const titled = text.closest('.title')?.getAttribute('data-of') ?? null;
        return titled === null ? null : document.querySelector(`[data-node="${CSS.escape(titled)}"] .box`);
    };
    const clipFaults = boxes.flatMap(({ text, element, box }) => {
        const shape = shapeOf(element);
        return shape === null || inside(box, shape.getBoundingClientRect())
            ? []
            : [`“${text}” is wider than its place`];
    });
    const cutFaults = written
        .filter(
            (element) =>
                element.clientWidth > 0 &&
                element.scrollWidth > element.clientWidth + 1 &&
                !element.classList.contains('run'),
        )
        .map((element) => `“${textOf(element).slice(0, 40)}” is cut off`);

    const nodes = [...document.querySelectorAll('.stage [data-node]')].map((node) => ({
        id: node.getAttribute('data-node') ?? '',
        isLeaf: node.classList.contains('leaf'),
        box: (node.querySelector('.card, .box') ?? node).getBoundingClientRect(),
        badges: [...node.querySelectorAll('.plate')].map((plate) => plate.getBoundingClientRect()),
    }));
    const leaves = nodes.filter(({ isLeaf }) => isLeaf);
    const nodeFaults = leaves.flatMap((one, index) => [
        ...leaves
            .slice(index + 1)
            .filter((other) => overlap(one.box, other.box))
            .map((other) => `${one.id} lies over ${other.id}`),
        ...leaves
            .filter((other) => other !== one && one.badges.some((badge) => overlap(badge, other.box)))
            .map((other) => `the badge of ${one.id} lies over ${other.id}`),
    ]);
    const labelFaults = boxes
        .filter(({ element }) => element.closest('.edge-label') !== null)
        .flatMap(({ text, box }) =>
            leaves.filter((leaf) => overlap(leaf.box, box)).map(({ id }) => `the label “${text}” lies over ${id}`),
        );

    const isLayered = document.querySelector('.layers.layered') !== null;
    const lineFaults = !isLayered
        ? []
        : [...document.querySelectorAll<SVGPathElement>('.stage .edge .line')].flatMap((line) => {
              const matrix = line.getScreenCTM();
              const length = line.getTotalLength();
              if (matrix === null) return [];
              const points = Array.from({ length: Math.ceil(length / 4) + 1 }, (_, index) =>
                  line.getPointAtLength(Math.min(length, index * 4)).matrixTransform(matrix),
              );
              const touches = (box: DOMRect): boolean =>
                  points.some(
                      ({ x, y }) => x > box.left + 3 && x < box.right - 3 && y > box.top + 3 && y < box.bottom - 3,
                  );
              const name = line.parentElement?.getAttribute('data-edge') ?? '';
              return leaves.filter(({ box }) => touches(box)).map(({ id }) => `the line ${name} goes through ${id}`);
          });
    page.remove();
    return [
        ...contrastFaults,
        ...overlapFaults,
        ...clipFaults,
        ...cutFaults,
        ...nodeFaults,
        ...labelFaults,
        ...lineFaults,
    ];
}
