/**
 * The rules of the style sheet that are about nodes: what they are by the colour of their icon, how they are by that of their border and labels,
 * and what is shown of them. Nothing is told by colour alone.
 */

/** Belongs after the variables of the style sheet. */
export const NODE_RULES = `
.node{--accent:var(--purple);--rim:var(--border);--said:color-mix(in srgb,var(--muted) 62%,var(--canvas))}
.node.icon-machine{--accent:var(--blue)}
.node.icon-script{--accent:var(--green)}
.node.icon-log,.node.icon-file{--accent:var(--yellow)}
.node.icon-container{--accent:var(--blue)}
.node.icon-facet,.node.icon-puppet{--accent:var(--orange)}
.node.icon-other,.node.icon-outside{--accent:var(--muted)}
.node .shadow{fill:var(--shadow);fill-opacity:.35}
.node .card{fill:var(--card);stroke:var(--rim);stroke-width:1.5}
.node .pile{fill:var(--card);stroke:var(--rim);stroke-width:1.25}
.node .tile{fill:var(--accent);fill-opacity:.14}
.node .icon{fill:none;stroke:var(--accent);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.node .box{fill:var(--box);stroke:var(--rim);stroke-width:1.5}
.node.odd .box{fill:var(--canvas)}
.node .divider{fill:none;stroke:var(--border);stroke-width:1;stroke-opacity:.6}
.node.facet .card,.node.outside .card{stroke-dasharray:5 4}
.idle{--tone:var(--muted)}
.busy{--tone:var(--blue)}
.waiting{--tone:var(--yellow)}
.good{--tone:var(--green)}
.stopped{--tone:var(--muted)}
.bad{--tone:var(--red)}
.again{--tone:var(--orange)}
.remade{--tone:var(--purple)}
.says-busy{--said:var(--blue)}
.says-waiting{--said:var(--yellow)}
.says-good{--said:var(--green)}
.says-bad{--said:var(--red)}
.says-again{--said:var(--orange)}
.says-remade{--said:var(--purple)}
.says-stopped{--said:var(--muted)}
.node.has-state{--rim:var(--tone)}
.node.has-state.idle{--rim:var(--border)}
.node.has-state.idle .card,.node.has-state.idle .box{stroke-dasharray:4 4}
.node.stale{--rim:var(--muted)}
.node.stale .card,.node.stale .box{stroke-dasharray:2 4}
.node.stale .pile{stroke-dasharray:2 4}
.node.stale .icon,.node.stale .tile{opacity:.6}
.node .hatching{fill:none;stroke:var(--muted);stroke-width:1;stroke-opacity:.28}
.node .flow{fill:none;stroke:var(--tone);stroke-width:3;stroke-linecap:round;stroke-dasharray:3 2}
.pill .plate{fill:var(--canvas)}
.pill .tint{fill:var(--tone);fill-opacity:.14;stroke:var(--tone);stroke-width:1.25}
.pill .state-icon,.tally .state-icon{stroke:var(--tone);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.pill .outline,.tally .outline{fill:none}
.pill .solid,.tally .solid{fill:var(--tone)}
.roboconf-picture .state-text{font-size:10.5px;font-weight:500;fill:var(--text)}
.pill .number-ground{fill:var(--canvas);stroke:var(--tone);stroke-width:1}
.roboconf-picture .number{font-size:9.5px;font-weight:700;text-anchor:middle;fill:var(--text)}
.roboconf-picture .tally-text{font-size:10.5px;font-weight:600;fill:var(--text)}
.roboconf-picture .age{font-size:10.5px;text-anchor:end;fill:var(--text);font-variant-numeric:tabular-nums}
.node.stale .pill.state .tint,.title.stale .pill.state .tint{stroke-dasharray:2 3}
.node.has-errors{--rim:var(--red)}
.findings{--tone:var(--yellow)}
.findings.error{--tone:var(--red)}
.findings .mark{fill:color-mix(in srgb,var(--tone) 20%,var(--canvas));stroke:var(--tone);stroke-width:1.75}
.roboconf-picture .mark-text{font-size:10px;font-weight:700;text-anchor:middle;fill:var(--text)}
.pin .pin-ground{fill:var(--canvas);stroke:var(--muted);stroke-width:1.25}
.pin .pin-icon{fill:none;stroke:var(--text);stroke-width:1.25;stroke-linecap:round;stroke-linejoin:round}
.roboconf-picture .label{font-size:13px;font-weight:600;fill:var(--text)}
.roboconf-picture .detail{font-size:11px;font-weight:400;fill:var(--muted)}
.roboconf-picture .cause{fill:var(--text);font-style:italic}
.title{pointer-events:none}
.roboconf-picture .title .label,.roboconf-picture .title .detail{paint-order:stroke;stroke:var(--canvas);stroke-width:5;stroke-linejoin:round}
.roboconf-picture .title.even .label,.roboconf-picture .title.even .detail{stroke:var(--box)}
.roboconf-picture .title .detail{text-anchor:end}
.node.added{--rim:var(--green)}
.node.removed{--rim:var(--red)}
.node.changed{--rim:var(--yellow)}
.node.rewired{--rim:var(--blue)}
.node.added .card,.node.added .box,.node.changed .card,.node.changed .box,.node.rewired .card,.node.rewired .box{stroke-width:2;stroke-dasharray:none}
.node.removed .card,.node.removed .box{fill:var(--canvas);stroke-width:2;stroke-dasharray:6 4}
.node.removed .shadow{fill-opacity:0}
.node.removed .icon,.node.removed .tile{opacity:.5}
.roboconf-picture .node.removed .label,.roboconf-picture .title.removed .label{fill:var(--muted);stroke:none;text-decoration:line-through}
.node.critical{--rim:var(--orange)}
.node.critical .card,.node.critical .box{stroke-width:3;stroke-dasharray:none}
.node.aside{--rim:var(--border)}
.node.aside .card,.node.aside .pile{fill:var(--canvas);stroke-opacity:.7}
.node.aside .box{stroke-opacity:.7}
.node.aside .shadow{fill-opacity:0}
.node.aside .icon,.node.aside .tile,.node.aside .flow{opacity:.4}
body.vscode-high-contrast .node.aside .icon,body.vscode-high-contrast .node.aside .tile{opacity:.8}
.node.aside .pill .tint,.title.aside .pill .tint{fill-opacity:.06;stroke-opacity:.45}
.node.aside .state-icon,.title.aside .state-icon{opacity:.6}
.roboconf-picture .node.aside .cause,.roboconf-picture .node.aside .state-text,.roboconf-picture .node.aside .age,.roboconf-picture .title.aside .cause,.roboconf-picture .title.aside .state-text,.roboconf-picture .title.aside .age{fill:var(--muted)}
.roboconf-picture .node.aside .label,.roboconf-picture .title.aside .label{fill:var(--muted);font-weight:400}
.node .ring{fill:none;stroke:var(--found);stroke-width:3}
.node.selected .card,.node.selected .box{stroke:var(--focus);stroke-width:2.5;stroke-dasharray:none;stroke-opacity:1}
@media (prefers-reduced-motion:no-preference){
@keyframes flowing{to{stroke-dashoffset:-100}}
body:not(.vscode-reduce-motion) .stage .node .flow{stroke-dasharray:14 86;animation:flowing 2.4s linear infinite}
}`;
