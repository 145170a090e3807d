/** Pictures on the page's buttons: paths in a square of 16 pixels, drawn with strokes. */
export const TOOL_ICONS = {
    zoomOut: 'M3 8h10',
    zoomIn: 'M3 8h10M8 3v10',
    fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
    export: 'M8 10V2M4.75 5L8 1.75 11.25 5M2.5 9.5v4h11v-4',
    layers: 'M8 2l6 3.25L8 8.5 2 5.25zM2 8.25l6 3.25 6-3.25M2 11l6 3.25L14 11',
    filter: 'M2 3h12L9.5 8.25v4.5l-3 1.25V8.25z',
    overlay: 'M2.5 3.5h5v4h-5zM8.5 9h5v4h-5zM10 3.5h3.5v3M12 5.25l1.5 1.5L15 5.25M6 12.5H2.5v-3',
    closeAll: 'M5.5 2.5h8v8M2.5 5.5h8v8h-8zM4.5 9.5h4',
    openAll: 'M5.5 2.5h8v8M2.5 5.5h8v8h-8zM4.5 9.5h4M6.5 7.5v4',
    focus: 'M8 6a2 2 0 1 0 0 4a2 2 0 1 0 0-4zM2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11',
    search: 'M6.75 2.5a4.25 4.25 0 1 0 0 8.5a4.25 4.25 0 1 0 0-8.5zM10 10l4 4',
    table: 'M2 3h12v10H2zM2 6.25h12M2 9.5h12M6 6.25V13',
    minimap: 'M2 3h12v10H2zM8.5 8h4v3.5h-4z',
    help: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5zM6.1 6.25a1.9 1.9 0 1 1 2.7 1.75c-.55.3-.8.6-.8 1.25M8 11.4h.01',
    pin: 'M5.5 2h5M6.25 2v4L4.5 8.5h7L9.75 6V2M8 8.5V14',
    unpin: 'M5.5 2h5M6.25 2v4L4.5 8.5h7L9.75 6V2M8 8.5V14M2.5 2.5l11 11',
    close: 'M4 4l8 8M12 4l-8 8',
    up: 'M3.5 10L8 5.5l4.5 4.5',
    down: 'M3.5 6L8 10.5 12.5 6',
    right: 'M6 3.5L10.5 8 6 12.5',
    plus: 'M8 4v8M4 8h8',
    minus: 'M4 8h8',
} as const;

export type ToolIcon = keyof typeof TOOL_ICONS;
