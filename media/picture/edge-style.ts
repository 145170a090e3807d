/** The rules of the style sheet that are about lines: each kind by its stroke, what a run, a plan or a comparison says of them by weight and colour. */

/** Belongs after the variables of the style sheet. */
export const EDGE_RULES = `
.edge{--stroke:var(--line);--weight:1.5;--faint:1}
.edge.external,.edge.external-optional{--stroke:var(--purple)}
.edge.several{--weight:2.75}
.edge .reach{fill:none;stroke:transparent;stroke-width:12;pointer-events:stroke}
.edge .line{fill:none;stroke:var(--stroke);stroke-width:var(--weight);stroke-linecap:round;stroke-linejoin:round}
.edge .line,.edge .head{opacity:var(--faint)}
.edge.optional .line{stroke-dasharray:6 5}
.edge.external .line{stroke-dasharray:10 4 1 4}
.edge.external-optional .line{stroke-dasharray:1 5}
.edge.facet .line{stroke-dasharray:2 4}
.edge.child .line{stroke-opacity:.7}
.edge .head{stroke:var(--stroke);stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
.edge .filled{fill:var(--stroke)}
.edge .hollow{fill:var(--canvas)}
.edge .open{fill:none}
.edge.unmet{--faint:.45}
.edge.related{--stroke:var(--focus);--faint:1}
.edge.critical{--stroke:var(--orange);--weight:3.25}
.edge.critical .line{stroke-opacity:1}
.edge.aside{--faint:.22}
body.vscode-high-contrast .edge.aside{--faint:.6}
.edge.added{--stroke:var(--green);--weight:2.5;--faint:1}
.edge.removed{--stroke:var(--red);--weight:2;--faint:1}
.edge.removed .line{stroke-dasharray:7 5}
.edge .sign{fill:none;stroke:var(--stroke);stroke-width:2;stroke-linecap:round}
.edge .sign-ground{fill:var(--canvas);stroke:var(--stroke);stroke-width:1.5}
.edge .count-ground{fill:var(--canvas);stroke:var(--stroke);stroke-width:1.25}
.roboconf-picture .edge .count{font-size:10px;font-weight:600;text-anchor:middle;fill:var(--text)}
.edge-label .halo{fill:var(--canvas);fill-opacity:.92}
.roboconf-picture .edge-label text{fill:var(--muted);text-anchor:middle}
.roboconf-picture .edge-label.related text{fill:var(--text)}
.has-selection .edge:not(.related){--faint:.4}
.packed .edge{--faint:.12}
.packed .edge.related,.packed .edge:hover,.packed .edge.added,.packed .edge.removed{--faint:1}`;
